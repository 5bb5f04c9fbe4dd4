package org.edgeld.workbench.onnx.lower;

import java.util.List;
import java.util.stream.Collectors;
import org.edgeld.workbench.onnx.graph.ModelFileException;

/** A model uses operators that are not supported; nothing of it was imported. */
public final class UnsupportedModelException extends ModelFileException {
  private static final long serialVersionUID = 1L;

  private final transient List<UnsupportedUse> uses;

  /**
   * Returns the refusal of a model.
   *
   * @param model what people call it
   * @param uses all uses of operators that are not supported
   */
  UnsupportedModelException(String model, List<UnsupportedUse> uses) {
    super(
        "%s cannot be imported: %s. Maybe export it without them."
            .formatted(
                model,
                uses.stream().map(UnsupportedUse::toString).collect(Collectors.joining("; "))));
    this.uses = List.copyOf(uses);
  }

  /** Returns all uses of operators that are not supported, with all nodes. */
  public List<UnsupportedUse> uses() {
    return uses;
  }
}
