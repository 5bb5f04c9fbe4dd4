package org.edgeld.workbench.onnx;

import java.util.List;
import org.edgeld.model.InputEncoding;
import org.edgeld.workbench.onnx.lower.InputSize;

/**
 * What an ONNX file does not say of a model: how pictures become its input, and what its outputs
 * are called.
 *
 * @param encoding how pictures become input
 * @param size extents of the picture, where the file leaves them open or should be overruled
 * @param labels class names by output index, empty if unknown
 */
public record ModelDescription(InputEncoding encoding, InputSize size, List<String> labels) {
  private static final InputEncoding GREY =
      new InputEncoding(InputEncoding.ChannelOrder.GREY, 1 / 255.0, List.of(0.0), List.of(1.0));

  public ModelDescription {
    labels = List.copyOf(labels);
  }

  /**
   * Returns what is assumed of a model nobody described: ImageNet's encoding for three channels,
   * else grey from 0 to 1. An input of neither one nor three channels takes tensor files only.
   *
   * @param channels channels of the input
   */
  public static ModelDescription assumed(int channels) {
    return new ModelDescription(
        channels == InputEncoding.IMAGENET.order().channels() ? InputEncoding.IMAGENET : GREY,
        InputSize.AS_IN_FILE,
        List.of());
  }
}
