package org.edgeld.model;

import java.util.List;

/**
 * A network as a researcher uses it: graph, input encoding, class labels and weights.
 *
 * @param id the name on the command line, such as {@code vgg16}
 * @param graph the network
 * @param encoding how pictures become input
 * @param labels class names by output index, empty if unknown
 * @param weights where stored weights are read
 */
public record Model(
    String id,
    ModelGraph graph,
    InputEncoding encoding,
    List<String> labels,
    WeightSource weights) {
  public Model {
    labels = List.copyOf(labels);
  }
}
