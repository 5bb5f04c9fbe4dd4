package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files that a run shall leave.
 *
 * @param tensor the model's output
 * @param csv measured frames
 * @param json the whole result
 * @param trace the frame nearest the median, for Chrome and Perfetto
 */
record RunOutputs(
    Optional<Path> tensor, Optional<Path> csv, Optional<Path> json, Optional<Path> trace) {
  /** Checks that all can be written and none twice. */
  void check() throws BadInputException {
    List<Path> files = Stream.of(tensor, csv, json, trace).flatMap(Optional::stream).toList();
    Set<Path> seen = new HashSet<>();
    for (Path file : files) {
      ResultFiles.checkWritable(file);
      if (!seen.add(file.toAbsolutePath().normalize())) {
        throw new BadInputException(
            "The file %s is named for two results. Maybe give each its own name.".formatted(file));
      }
    }
  }
}
