package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.edgeld.workbench.fusion.FusionRule;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;

/** What else could be asked for the same devices: every strategy under every fusion rule. */
record Rivals(SplitStrategies strategies, FusionRules fusionRules) {
  /** Devices times layers up to which rivals are also asked for plans through the head. */
  static final int SMALL = 160;

  /**
   * Returns the requests of strategies with their standard options, once under each named fusion
   * rule and under the request's own, which may be a depth; once where a strategy uses no rule.
   *
   * @param request names what is common to all
   * @param wanted which strategies
   */
  List<PlanRequest> of(PlanRequest request, Predicate<SplitStrategy> wanted) {
    List<String> rules = new ArrayList<>(fusionRules.all().stream().map(FusionRule::id).toList());
    if (!rules.contains(request.method().fusion())) {
      rules.add(request.method().fusion());
    }
    List<PlanRequest> requests = new ArrayList<>();
    for (SplitStrategy strategy : strategies.all()) {
      if (wanted.test(strategy)) {
        for (String rule : strategy.usesFusion() ? rules : rules.subList(0, 1)) {
          requests.add(request.with(strategy.id(), rule));
        }
      }
    }
    return requests;
  }

  /**
   * Returns the same requests for slices that travel through the head, where a plan of that kind
   * may be faster than all from peer to peer: for few devices and small networks, whose messages
   * are little but delays. None if slices are asked to travel so anyway.
   */
  List<PlanRequest> throughHead(PlanRequest request, Predicate<SplitStrategy> wanted) {
    int size = request.profile().size() * request.graph().layers().size();
    return request.method().routing() == Routing.HEAD || size > SMALL
        ? List.of()
        : of(request.with(Routing.HEAD), wanted.and(SplitStrategy::usesRouting));
  }
}
