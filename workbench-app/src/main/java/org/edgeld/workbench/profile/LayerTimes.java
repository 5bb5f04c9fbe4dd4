package org.edgeld.workbench.profile;

import java.util.List;
import java.util.function.ToLongFunction;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorShape;

/**
 * Measured times of one layer for several boxes of its output.
 *
 * @param shape of the layer's output
 * @param samples in any order, none twice, the whole output among them
 */
public record LayerTimes(TensorShape shape, List<Sample> samples) {
  /**
   * The median time of a box.
   *
   * @param channels extent of the box along the channels, at least 1
   * @param rows extent along the rows, at least 1
   * @param columns extent along the columns, at least 1
   * @param nanos median time, not negative
   */
  public record Sample(int channels, int rows, int columns, long nanos) {
    public Sample {
      if (channels < 1 || rows < 1 || columns < 1 || nanos < 0) {
        throw new IllegalArgumentException(
            "A box of %d×%d×%d (channels × rows × columns) in %d ns is impossible."
                .formatted(channels, rows, columns, nanos));
      }
    }

    private boolean sameBox(Sample other) {
      return channels == other.channels && rows == other.rows && columns == other.columns;
    }
  }

  public LayerTimes {
    samples = List.copyOf(samples);
    boolean whole = false;
    for (int i = 0; i < samples.size(); i++) {
      Sample sample = samples.get(i);
      if (sample.channels() > shape.channels()
          || sample.rows() > shape.height()
          || sample.columns() > shape.width()) {
        throw new IllegalArgumentException(
            "The sample %s exceeds the layer's output %s.".formatted(sample, shape));
      }
      if (samples.subList(0, i).stream().anyMatch(sample::sameBox)) {
        throw new IllegalArgumentException("A layer's box is measured twice: " + sample);
      }
      whole |= isWhole(shape, sample);
    }
    if (!whole) {
      throw new IllegalArgumentException(
          "A layer's times have no sample of its whole output %s.".formatted(shape));
    }
  }

  /** Returns the times that a function gives for boxes. */
  public static LayerTimes of(TensorShape shape, List<Region> boxes, ToLongFunction<Region> nanos) {
    return new LayerTimes(
        shape,
        boxes.stream()
            .map(
                box ->
                    new Sample(
                        box.channels().size(),
                        box.rows().size(),
                        box.columns().size(),
                        nanos.applyAsLong(box)))
            .toList());
  }

  /** Returns the time of the whole layer. */
  public long wholeNanos() {
    return samples.stream()
        .filter(sample -> isWhole(shape, sample))
        .findFirst()
        .orElseThrow()
        .nanos();
  }

  private static boolean isWhole(TensorShape shape, Sample sample) {
    return sample.channels() == shape.channels()
        && sample.rows() == shape.height()
        && sample.columns() == shape.width();
  }
}
