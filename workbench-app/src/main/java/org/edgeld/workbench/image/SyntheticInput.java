package org.edgeld.workbench.image;

import java.util.SplittableRandom;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.run.HostTensor;

/**
 * The input when the user gives none: a picture of noise, every sample uniform in 0..255, encoded
 * as the model's pictures are. An input that no picture fits gets noise in 0..1. The same seed
 * gives the same noise.
 */
public final class SyntheticInput {
  private SyntheticInput() {}

  /** Returns the noise picture of a seed. */
  public static HostTensor noise(Model model, long seed) {
    TensorShape shape = model.graph().input();
    SplittableRandom random = new SplittableRandom(seed);
    float[] chw = new float[shape.elements()];
    if (!PixelEncoder.fits(model)) {
      for (int i = 0; i < chw.length; i++) {
        chw[i] = (float) random.nextDouble();
      }
      return HostTensor.ofChw(shape, chw);
    }
    PixelEncoder encoder = PixelEncoder.of(model);
    int plane = shape.height() * shape.width();
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        chw[c * plane + i] = encoder.encode(c, random.nextInt(256));
      }
    }
    return HostTensor.ofChw(shape, chw);
  }
}
