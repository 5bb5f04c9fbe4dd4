package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.run.Batch;

/**
 * What {@code run} was asked to do.
 *
 * @param model the network
 * @param cluster the agents
 * @param profile of the agents, if they were measured before
 * @param plan how to divide the network over them
 * @param input what goes into it
 * @param warmup repeats of each configuration before measuring, at least 0
 * @param repeats measured repeats of each configuration, at least 1
 * @param batch the frames of a repeat
 * @param seed of a synthetic input and of the order in which configurations are interleaved
 * @param outputs files to write
 * @param keeping where to keep the run; empty if it is not wanted
 */
record RunCommandRequest(
    Model model,
    ClusterChoice cluster,
    Optional<SavedProfileOption.SavedProfile> profile,
    PlanChoice plan,
    InputChoice input,
    int warmup,
    int repeats,
    Batch batch,
    long seed,
    RunOutputs outputs,
    Optional<Keeping> keeping) {
  /**
   * Where and how to keep a run.
   *
   * @param history takes it
   * @param modelFile where the network was opened from; empty for a built-in one
   */
  record Keeping(RunHistory history, Optional<Path> modelFile) {}

  RunCommandRequest {
    if (warmup < 0 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d warm-up and %d measured frames are impossible. Maybe use --warmup 2 --repeats 10."
              .formatted(warmup, repeats));
    }
  }
}
