package org.edgeld.workbench.history;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.HostTensor;

/**
 * A run with all that is kept of it.
 *
 * @param report what was measured and how it was asked for
 * @param modelFile where the network was opened from; empty for a built-in network
 * @param input what went into the network; empty for the noise of the run's seed
 * @param picture what the input looks like; empty if it is no picture
 * @param outputs the plan's outputs
 * @param rerunOf number of the run that it repeats; empty if it repeats none
 */
public record KeptRun(
    ReportedRun report,
    Optional<Path> modelFile,
    Optional<HostTensor> input,
    Optional<BufferedImage> picture,
    List<HostTensor> outputs,
    OptionalInt rerunOf) {
  public KeptRun {
    modelFile = modelFile.map(Path::toAbsolutePath);
    outputs = List.copyOf(outputs);
  }
}
