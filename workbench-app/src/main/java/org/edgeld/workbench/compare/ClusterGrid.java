package org.edgeld.workbench.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;

/**
 * Clusters that nobody needs to own: every kind of board times every number of devices times every
 * link. All contenders plan for each of them, and their frames are simulated.
 *
 * @param graph the model
 * @param kinds what the boards are
 * @param devices how many there are, each at least 1
 * @param linkBitsPerSecond rates of the links, positive
 * @param linkDelayNanos how long the first bit is under way
 * @param method what contenders have in common; its strategy is that of the undivided network
 * @param contenders what is compared
 */
public record ClusterGrid(
    ModelGraph graph,
    List<BoardKind> kinds,
    List<Integer> devices,
    List<Double> linkBitsPerSecond,
    long linkDelayNanos,
    Method method,
    List<Contender> contenders) {
  private static final DeviceId HEAD = new DeviceId(0);

  /** The strategy of the undivided network. */
  public static final String UNDIVIDED = "single";

  public ClusterGrid {
    kinds = List.copyOf(kinds);
    devices = List.copyOf(devices);
    linkBitsPerSecond = List.copyOf(linkBitsPerSecond);
    contenders = List.copyOf(contenders);
  }

  /** Returns how many clusters there are. */
  public int size() {
    return kinds.size() * devices.size() * linkBitsPerSecond.size();
  }

  /**
   * Plans and simulates.
   *
   * @param monitor hears what plans for which cluster
   * @return the clusters: kind by kind, within it link by link, within it by number of devices
   */
  public List<GridCell> simulate(Planner planner, JobMonitor monitor) throws JobCancelledException {
    List<GridCell> cells = new ArrayList<>();
    for (BoardKind kind : kinds) {
      for (double rate : linkBitsPerSecond) {
        for (int count : devices) {
          cells.add(cell(planner, monitor, kind, rate, count, cells.size()));
        }
      }
    }
    return cells;
  }

  private GridCell cell(
      Planner planner, JobMonitor monitor, BoardKind kind, double rate, int count, int done)
      throws JobCancelledException {
    List<Board> boards = Board.repeated(kind.boards(), count);
    LinkEstimate link = new LinkEstimate(2 * linkDelayNanos, rate);
    ClusterProfile profile = RooflineProfile.of(graph, boards, link);
    PlanRequest request = new PlanRequest(graph, profile, HEAD, method);
    List<PlanRequest> asked = contenders.stream().map(each -> each.of(request)).toList();
    List<Outcome> outcomes = new ArrayList<>();
    for (Contender contender : contenders) {
      monitor.checkCancelled();
      monitor.progress(
          "Planning with %s for %d devices, cluster %d of %d"
              .formatted(contender.name(), count, done + 1, size()),
          (done + outcomes.size() / (double) contenders.size()) / size());
      outcomes.add(Outcome.of(planner, contender.of(request), asked, monitor));
    }
    Outcome local = Outcome.of(planner, request, monitor);
    List<Outcome> all = new ArrayList<>(outcomes);
    all.add(local);
    return new GridCell(kind, count, rate, latency(local), lowerBound(all), outcomes);
  }

  private static OptionalDouble latency(Outcome outcome) {
    return outcome instanceof Outcome.Planned planned
        ? OptionalDouble.of(planned.run().prediction().latencyNanos())
        : OptionalDouble.empty();
  }

  private static OptionalDouble lowerBound(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.Planned.class::isInstance)
        .mapToDouble(outcome -> ((Outcome.Planned) outcome).run().lowerBoundNanos())
        .findFirst();
  }
}
