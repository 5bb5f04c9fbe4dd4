package org.edgeld.workbench.image;

import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;

/**
 * Applies a model's {@link InputEncoding} to 8-bit samples: {@code (value·scale − mean[c]) /
 * deviation[c]}.
 */
record PixelEncoder(InputEncoding encoding) {
  /** Tells whether a model's input has the channels that its encoding gives. */
  static boolean fits(Model model) {
    return model.encoding().order().channels() == model.graph().input().channels();
  }

  /** Returns the encoder of a model, whose input must have the encoding's channels. */
  static PixelEncoder of(Model model) {
    if (!fits(model)) {
      throw new IllegalArgumentException(
          "The encoding %s of %s does not fit its input of %d channels."
              .formatted(model.encoding().order(), model.id(), model.graph().input().channels()));
    }
    return new PixelEncoder(model.encoding());
  }

  /** Returns the element for sample {@code value} (0..255) of the tensor's channel {@code c}. */
  float encode(int c, double value) {
    return (float)
        ((value * encoding.scale() - encoding.mean().get(c)) / encoding.deviation().get(c));
  }
}
