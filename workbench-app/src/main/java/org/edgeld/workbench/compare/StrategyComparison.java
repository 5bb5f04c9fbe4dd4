package org.edgeld.workbench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;

/**
 * Asks strategy after strategy for the same thing. What a strategy cannot do is an outcome like any
 * other.
 */
public final class StrategyComparison {
  private static final String UNDIVIDED = "single";

  private final Planner planner;

  public StrategyComparison(Planner planner) {
    this.planner = planner;
  }

  /**
   * Plans with every strategy.
   *
   * @param request what is asked for; its options count for its own strategy, the others plan with
   *     their standard options; a strategy that chooses among the plans of others may choose the
   *     plan of the request's own
   * @param strategies ids, in the order to plan with them; of two plans that are equally fast the
   *     earlier comes first
   * @param monitor hears which strategy plans; a plan in the making is given up when it is
   *     cancelled
   */
  public Comparison compare(PlanRequest request, List<String> strategies, JobMonitor monitor)
      throws JobCancelledException {
    return compareRequests(
        request,
        strategies.stream()
            .map(
                id ->
                    id.equals(request.method().strategy())
                        ? request
                        : request.with(id, request.method().fusion()))
            .toList(),
        List.of(request),
        monitor);
  }

  /**
   * Plans for every request.
   *
   * @param common what all have in common
   * @param requests one for each strategy, with what is chosen about it, in the order to plan for
   *     them; a strategy that chooses among the plans of others may choose any of these
   */
  public Comparison compareRequests(
      PlanRequest common, List<PlanRequest> requests, JobMonitor monitor)
      throws JobCancelledException {
    List<PlanRequest> chosen =
        requests.stream().filter(request -> !request.method().options().isEmpty()).toList();
    return compareRequests(common, requests, chosen, monitor);
  }

  private Comparison compareRequests(
      PlanRequest common, List<PlanRequest> requests, List<PlanRequest> beside, JobMonitor monitor)
      throws JobCancelledException {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      PlanRequest request = requests.get(i);
      monitor.checkCancelled();
      monitor.progress(
          "Planning with %s, %d of %d"
              .formatted(request.method().strategy(), i + 1, requests.size()),
          (double) i / requests.size());
      outcomes.add(
          Outcome.of(
              planner,
              request,
              beside.stream().filter(other -> !other.equals(request)).toList(),
              monitor));
    }
    // stable, so equally fast plans keep their order
    outcomes.sort(Comparator.comparingDouble(StrategyComparison::nanos));
    return new Comparison(common, localNanos(common, monitor), outcomes);
  }

  private OptionalDouble localNanos(PlanRequest request, JobMonitor monitor)
      throws JobCancelledException {
    Outcome local =
        Outcome.of(planner, request.with(UNDIVIDED, request.method().fusion()), monitor);
    return local instanceof Outcome.Planned
        ? OptionalDouble.of(nanos(local))
        : OptionalDouble.empty();
  }

  private static double nanos(Outcome outcome) {
    return outcome instanceof Outcome.Planned planned
        ? planned.run().prediction().latencyNanos()
        : Double.POSITIVE_INFINITY;
  }
}
