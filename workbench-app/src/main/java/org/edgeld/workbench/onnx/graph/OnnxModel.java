package org.edgeld.workbench.onnx.graph;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an ONNX file holds.
 *
 * @param producer the program that wrote it, perhaps empty
 * @param versions version of each operator set by domain
 * @param graph the network
 * @param functions operators that the file itself defines
 * @param files the file, and those beside it that hold weights
 */
public record OnnxModel(
    String producer,
    Map<String, Integer> versions,
    OnnxGraph graph,
    List<OnnxFunction> functions,
    List<Path> files) {
  public OnnxModel {
    versions = Map.copyOf(versions);
    functions = List.copyOf(functions);
    files = List.copyOf(files);
  }
}
