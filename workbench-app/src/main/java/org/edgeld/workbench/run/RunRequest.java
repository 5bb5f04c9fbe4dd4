package org.edgeld.workbench.run;

import java.util.List;
import org.edgeld.model.Model;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.plan.PlannedRun;

/**
 * What to run and how often.
 *
 * @param model the network with its weights
 * @param planned the plan, for {@code agents}
 * @param agents device 0, 1, … of the plan
 * @param input the input tensor
 * @param warmup repeats of each configuration before measuring
 * @param repeats measured repeats of each configuration, at least 1
 * @param seed of the inputs of a batch
 * @param batch the frames of a repeat
 * @param orderSeed of the order in which configurations are interleaved
 */
public record RunRequest(
    Model model,
    PlannedRun planned,
    List<KnownAgent> agents,
    HostTensor input,
    int warmup,
    int repeats,
    long seed,
    Batch batch,
    long orderSeed) {
  /** Creates a request of which one seed decides all. */
  public RunRequest(
      Model model,
      PlannedRun planned,
      List<KnownAgent> agents,
      HostTensor input,
      int warmup,
      int repeats,
      long seed,
      Batch batch) {
    this(model, planned, agents, input, warmup, repeats, seed, batch, seed);
  }

  /** Creates a request of repeats of one frame. */
  public RunRequest(
      Model model,
      PlannedRun planned,
      List<KnownAgent> agents,
      HostTensor input,
      int warmup,
      int repeats,
      long seed) {
    this(model, planned, agents, input, warmup, repeats, seed, Batch.ONE);
  }

  public RunRequest {
    agents = List.copyOf(agents);
    if (warmup < 0 || repeats < 1) {
      throw new IllegalArgumentException(
          "%d warm-up and %d measured frames are impossible. Maybe use --warmup 2 --repeats 10."
              .formatted(warmup, repeats));
    }
  }
}
