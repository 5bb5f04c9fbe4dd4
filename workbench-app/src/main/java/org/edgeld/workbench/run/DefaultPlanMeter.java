package org.edgeld.workbench.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.trace.Trace;

/** Keeps all plans deployed while they take turns. */
public final class DefaultPlanMeter implements PlanMeter {
  private final SharedKey key;

  /**
   * @param key shared with the agents
   */
  public DefaultPlanMeter(SharedKey key) {
    this.key = key;
  }

  @Override
  public List<Measured> measure(Request request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    List<ActiveRun> active = new ArrayList<>();
    try (AgentSessions sessions = AgentSessions.open(request.agents(), key, monitor)) {
      for (PlannedRun plan : request.plans()) {
        ActiveRun run = new ActiveRun(plan.request().method().strategy(), plan, sessions, 1);
        active.add(run);
        run.deploy(request.model(), monitor);
      }
      Clocks before = Clocks.read(sessions.connections(), monitor);
      List<List<ActiveRun.Frame>> frames = frames(request, active, monitor);
      Clocks after = Clocks.read(sessions.connections(), monitor);
      List<Measured> measured = new ArrayList<>();
      for (int i = 0; i < active.size(); i++) {
        measured.add(measured(active.get(i), frames.get(i), before, after));
      }
      return measured;
    } catch (ClusterException e) {
      throw new RunFailedException(e.getMessage(), e);
    } finally {
      active.forEach(ActiveRun::close);
    }
  }

  private static List<List<ActiveRun.Frame>> frames(
      Request request, List<ActiveRun> active, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    List<List<ActiveRun.Frame>> frames = new ArrayList<>();
    active.forEach(run -> frames.add(new ArrayList<>()));
    Random order = new Random(request.seed());
    int turns = request.warmup() + request.repeats();
    for (int turn = 0; turn < turns; turn++) {
      List<Integer> plans = new ArrayList<>(IntStream.range(0, active.size()).boxed().toList());
      Collections.shuffle(plans, order);
      for (int i = 0; i < plans.size(); i++) {
        int plan = plans.get(i);
        monitor.progress(
            "Running frame %d of %d of each of %d plans".formatted(turn + 1, turns, plans.size()),
            (double) (turn * plans.size() + i) / (turns * plans.size()));
        ActiveRun.Frame frame = active.get(plan).frame(request.input(), monitor);
        if (turn >= request.warmup()) {
          // the outputs are not looked at, and many large ones would fill the memory
          frames.get(plan).add(new ActiveRun.Frame(frame.done(), List.of(), frame.reports()));
        }
      }
    }
    return frames;
  }

  private static Measured measured(
      ActiveRun run, List<ActiveRun.Frame> frames, Clocks before, Clocks after) {
    List<Trace> traces =
        frames.stream()
            .map(frame -> MeasuredTrace.of(frame, run.programs(), run.devices(), before, after))
            .toList();
    Estimate latency =
        Estimate.of(frames.stream().map(frame -> frame.latencyNanos() / 1e6).toList());
    Estimate behind =
        Estimate.of(frames.stream().map(frame -> (double) frame.overcommittedNanos()).toList());
    return new Measured(latency, traces, behind.median());
  }
}
