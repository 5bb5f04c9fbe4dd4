package org.edgeld.samples;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.edgeld.model.Sha256;

/**
 * The table of contents of a weights file: which tensor starts where. As text, one line a tensor:
 * {@code name offset sha256}, separated by single blanks.
 *
 * @param entries the tensors in the file's order
 */
public record WeightIndex(List<Entry> entries) {
  /**
   * One tensor of the file.
   *
   * @param name layer and role, such as {@code conv1_1.weight} or {@code fc4.bias}
   * @param offsetBytes where its float32 values start
   * @param sha256 digest of its bytes
   */
  public record Entry(String name, long offsetBytes, Sha256 sha256) {}

  public WeightIndex {
    entries = List.copyOf(entries);
  }

  /** Returns the name under which a layer's weight or bias is filed. */
  public static String name(String layer, boolean bias) {
    return layer + (bias ? ".bias" : ".weight");
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException if a line is not an entry
   */
  public static WeightIndex parse(String text) {
    return new WeightIndex(text.lines().map(WeightIndex::parseLine).toList());
  }

  private static Entry parseLine(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != 3) {
      throw new IllegalArgumentException(
          "The line \"%s\" is not \"name offset sha256\". Maybe the weight index is damaged."
              .formatted(line));
    }
    return new Entry(fields[0], Long.parseLong(fields[1]), new Sha256(fields[2]));
  }

  /** Returns the text form, which {@link #parse} reads. */
  public String toText() {
    return entries.stream()
        .map(entry -> "%s %d %s\n".formatted(entry.name(), entry.offsetBytes(), entry.sha256()))
        .collect(Collectors.joining());
  }

  /**
   * Returns the tensor called {@code name}.
   *
   * @throws NoSuchElementException if the file has none
   */
  public Entry named(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("The weights file has no " + name + "."));
  }
}
