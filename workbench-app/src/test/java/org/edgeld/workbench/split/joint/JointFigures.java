package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;

/** What came of comparing joint plans of many requests with the plans of all other strategies. */
final class JointFigures {
  /** A joint plan that is faster than all others by less is as fast. */
  private static final double CLEARLY = 0.01;

  private final List<Double> gaps = new ArrayList<>();
  private final List<Double> dominatedGaps = new ArrayList<>();
  private int requests;
  private int others;
  private int slower;
  private int faster;

  /** Counts a comparison. */
  void add(PlanRequest request, AgainstAll all) {
    requests++;
    others += all.others().size();
    slower += all.faster().isEmpty() ? 0 : 1;
    if (all.joint().isPresent()) {
      PlannedRun joint = all.joint().get();
      faster += joint.prediction().latencyNanos() < (1 - CLEARLY) * all.fastestOtherNanos() ? 1 : 0;
      gaps.add(joint.gap());
      if (ComputeAgainstLinks.dominates(request)) {
        dominatedGaps.add(joint.gap());
      }
    }
  }

  /** Returns how many clusters were counted. */
  int requests() {
    return requests;
  }

  /** Returns on how many clusters another strategy was predicted to be faster. */
  int slower() {
    return slower;
  }

  /** Returns on how many clusters all other strategies were clearly slower. */
  int faster() {
    return faster;
  }

  /** Returns the gaps of plans for clusters where computing dominates. */
  List<Double> dominatedGaps() {
    return List.copyOf(dominatedGaps);
  }

  /** Returns the least gap that a share of the plans does not exceed. */
  static double quantile(List<Double> gaps, double share) {
    List<Double> sorted = gaps.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** Returns all figures as text. */
  String text() {
    return """
    %d clusters, %d of them with a joint plan, compared with %d plans of other strategies:
      joint is slower than another on %d, more than %.0f %% faster than all others on %d.
    Gap to the lower bound: %s;
      where computing dominates: %s.
    """
        .formatted(
            requests,
            gaps.size(),
            others,
            slower,
            100 * CLEARLY,
            faster,
            words(gaps),
            words(dominatedGaps));
  }

  private static String words(List<Double> gaps) {
    return gaps.isEmpty()
        ? "no plan"
        : String.format(
            Locale.ROOT,
            "median %.1f %%, 90th percentile %.1f %% of %d plans",
            100 * quantile(gaps, 0.5),
            100 * quantile(gaps, 0.9),
            gaps.size());
  }
}
