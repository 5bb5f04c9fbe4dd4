package org.edgeld.workbench.onnx.graph;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a file says of an input or output.
 *
 * @param name the value's name
 * @param kind {@code tensor}, or what it is instead
 * @param type type of the elements
 * @param axes one entry for each axis; nothing if the file does not say how many there are
 */
public record OnnxValue(String name, String kind, ElementType type, Optional<List<Extent>> axes) {
  public OnnxValue {
    axes = axes.map(List::copyOf);
  }

  /**
   * The extent along one axis.
   *
   * @param fixed the extent, if the file fixes it
   * @param symbol what the file calls it otherwise, perhaps empty
   */
  public record Extent(OptionalInt fixed, String symbol) {
    @Override
    public String toString() {
      if (fixed.isPresent()) {
        return String.valueOf(fixed.getAsInt());
      }
      return symbol.isEmpty() ? "?" : symbol;
    }
  }

  /** Tells whether this is a tensor, not a sequence or a map. */
  public boolean isTensor() {
    return kind.equals("tensor");
  }
}
