package org.edgeld.samples.training;

import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.edgeld.model.InputEncoding;

/**
 * Turns a picture into input, mirrored and moved a little at random, so that the network learns
 * garments and not pixels. What moves in from outside is black.
 *
 * @param encoding how grey values become input
 * @param maxShift how many pixels a picture may move along each axis; 0 leaves it as it is
 * @param mirror whether half of the pictures are mirrored
 */
record Augmentation(InputEncoding encoding, int maxShift, boolean mirror) {
  /** Returns what the finished network sees: the picture as it is. */
  static Augmentation none(InputEncoding encoding) {
    return new Augmentation(encoding, 0, false);
  }

  /** Appends picture {@code image} to {@code target}, row by row. */
  void append(LabelledImages images, int image, RandomGenerator random, FloatBuffer target) {
    int side = images.side();
    int down = random.nextInt(-maxShift, maxShift + 1);
    int right = random.nextInt(-maxShift, maxShift + 1);
    boolean mirrored = mirror && random.nextBoolean();
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++) {
        int fromRow = row - down;
        int fromColumn = (mirrored ? side - 1 - column : column) - right;
        boolean inside = fromRow >= 0 && fromRow < side && fromColumn >= 0 && fromColumn < side;
        target.put(encode(inside ? images.pixel(image, fromRow, fromColumn) : 0));
      }
    }
  }

  private float encode(int grey) {
    return (float)
        ((grey * encoding.scale() - encoding.mean().get(0)) / encoding.deviation().get(0));
  }
}
