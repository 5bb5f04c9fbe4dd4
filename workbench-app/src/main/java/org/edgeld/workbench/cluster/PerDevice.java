package org.edgeld.workbench.cluster;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.edgeld.workbench.words.Figures;

/**
 * A number for each device of a cluster, dealt out in turn: the first one is the head's, and after
 * the last one the first one comes again. So a single number is that of all devices.
 *
 * @param values at least one; the shortest list that deals the same
 */
public record PerDevice(List<Double> values) {
  public PerDevice {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("There is no number for any device. Maybe name one.");
    }
    values = shortest(List.copyOf(values));
  }

  /** Returns the same number for all devices. */
  public static PerDevice all(double value) {
    return new PerDevice(List.of(value));
  }

  private static List<Double> shortest(List<Double> values) {
    int size = values.size();
    for (int period = 1; period < size; period++) {
      List<Double> start = values.subList(0, period);
      if (size % period == 0
          && Collections.nCopies(size / period, start).stream()
              .flatMap(List::stream)
              .toList()
              .equals(values)) {
        return List.copyOf(start);
      }
    }
    return values;
  }

  /** Returns the number of a device, counted from 0. */
  public double of(int device) {
    return values.get(device % values.size());
  }

  /** Tells whether all devices have the same number. */
  public boolean same() {
    return values.size() == 1;
  }

  /** Returns the numbers as people write them, such as {@code 0.1} or {@code 1000/700/400}. */
  @Override
  public String toString() {
    return values.stream().map(Figures::plain).collect(Collectors.joining("/"));
  }
}
