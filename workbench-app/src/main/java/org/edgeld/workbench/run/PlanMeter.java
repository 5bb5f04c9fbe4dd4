package org.edgeld.workbench.run;

import java.util.List;
import org.edgeld.model.Model;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Trace;

/** Measures several plans of one model on the same agents beside each other. */
public interface PlanMeter {
  /**
   * Deploys all plans and measures them in turns, in a seeded random order that is drawn anew for
   * each turn, so that drift of the machines touches them alike.
   *
   * @return one measurement for each plan, in the order of the request
   * @throws RunFailedException with device, step and cause; agents are left idle and reusable
   * @throws JobCancelledException if the user stopped it; agents are left idle and reusable
   */
  List<Measured> measure(Request request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException;

  /**
   * What to measure.
   *
   * @param model the network with its weights
   * @param plans at least one, for {@code agents}
   * @param agents device 0, 1, … of the plans
   * @param input the input tensor
   * @param warmup frames of each plan before measuring
   * @param repeats measured frames of each plan, at least 1
   * @param seed of the order
   */
  record Request(
      Model model,
      List<PlannedRun> plans,
      List<KnownAgent> agents,
      HostTensor input,
      int warmup,
      int repeats,
      long seed) {
    public Request {
      plans = List.copyOf(plans);
      agents = List.copyOf(agents);
      if (plans.isEmpty() || warmup < 0 || repeats < 1) {
        throw new IllegalArgumentException(
            "%d plans with %d warm-up and %d measured frames are impossible. Maybe use --warmup 2 --repeats 10."
                .formatted(plans.size(), warmup, repeats));
      }
    }
  }

  /**
   * What was measured of one plan.
   *
   * @param latency by the head's clock
   * @param traces of the measured frames, in the order measured
   * @param overcommittedNanos median over the frames of how far the worst device was behind its
   *     emulated share
   */
  record Measured(Estimate latency, List<Trace> traces, double overcommittedNanos) {
    public Measured {
      traces = List.copyOf(traces);
    }
  }
}
