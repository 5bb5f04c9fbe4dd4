package org.edgeld.workbench.history;

import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;

/**
 * Which network a run was of, so that it can be opened again.
 *
 * @param id the name on the command line
 * @param title what researchers call it
 * @param input shape of its input
 * @param graphSha256 digest of its layers and the digests of its weights
 * @param file where it was opened from; empty for a built-in network
 */
public record ModelIdentity(
    String id, String title, TensorShape input, String graphSha256, Optional<Path> file) {
  /** Identifies a network. */
  static ModelIdentity of(String id, ModelGraph graph, Optional<Path> file) {
    return new ModelIdentity(id, graph.name(), graph.input(), Digests.of(graph), file);
  }

  /** Returns the input's extent in words: {@code 224}, or {@code 320×240}. */
  public String size() {
    return input.height() == input.width()
        ? Integer.toString(input.height())
        : input.height() + "×" + input.width();
  }
}
