package org.edgeld.workbench.split.overlap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.SharedLinks;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;

/**
 * Dynamic programming over the orders in which the strips of each stage are cut: of all ways to a
 * stage, the fastest for each of its orders is kept, and the fastest of these are gone on from.
 */
final class OverlapSearch {
  /** Ways to a stage that are gone on from, the fastest. */
  private static final int WAYS = 3;

  private final Plan plan;
  private final List<Map<Order, Division>> orders = new ArrayList<>();
  private final PartsFrame.Fixed fixed;

  /** The fastest way to a stage that is cut in some order. */
  private record Way(PartsFrame frame, Division division, Optional<Way> before) {}

  OverlapSearch(Plan plan, ModelGeometry geometry, CostModel cost, StageParts parts) {
    this.plan = plan;
    List<Division> wholes = new ArrayList<>();
    for (int i = 0; i < plan.stages().size(); i++) {
      orders.add(parts.orders(plan.stages(), i));
      wholes.add(orders.get(i).get(Order.WHOLE));
    }
    this.fixed =
        new PartsFrame.Fixed(
            cost,
            new SharedLinks(cost.interfaces()),
            plan.head().index(),
            Exchange.of(plan, geometry),
            wholes);
  }

  /** Returns a time that no way of cutting falls below: that of the busiest processor. */
  double atLeastNanos() {
    double most = 0;
    for (int device = 0; device < plan.devices(); device++) {
      double nanos = 0;
      for (Map<Order, Division> of : orders) {
        double least = Double.POSITIVE_INFINITY;
        for (Division division : of.values()) {
          least = Math.min(least, division.nanos(device));
        }
        nanos += least;
      }
      most = Math.max(most, nanos);
    }
    return most;
  }

  /**
   * Returns the plan that is estimated to be fastest.
   *
   * @param everywhere whether every stage is cut that can be
   */
  Plan run(boolean everywhere) {
    List<Way> ways = new ArrayList<>();
    for (int stage = 0; stage < orders.size(); stage++) {
      List<Way> next = new ArrayList<>();
      for (Division division : orders.get(stage).values()) {
        if (everywhere && division.order() == Order.WHOLE && orders.get(stage).size() > 1) {
          continue;
        }
        next.add(fastest(stage, ways, division));
      }
      next.sort(Comparator.comparingDouble(way -> way.frame().latestNanos()));
      boolean last = stage + 1 == orders.size();
      ways = last ? next : next.subList(0, Math.min(WAYS, next.size()));
    }
    Way best = ways.get(0);
    for (Way way : ways) {
      if (nanos(way) < nanos(best)) {
        best = way;
      }
    }
    return plan(best);
  }

  private static double nanos(Way way) {
    return way.frame().latencyNanos(way.division());
  }

  private Way fastest(int stage, List<Way> ways, Division division) {
    if (ways.isEmpty()) {
      PartsFrame start = PartsFrame.start(fixed, plan.devices());
      Division nothing = new Division(Order.WHOLE, new Part[plan.devices()][0]);
      return new Way(start.with(stage, nothing, division), division, Optional.empty());
    }
    Way best = null;
    for (Way way : ways) {
      if (best == null || way.frame().atLeastWith(division) < best.frame().latestNanos()) {
        PartsFrame frame = way.frame().with(stage, way.division(), division);
        if (best == null || frame.latestNanos() < best.frame().latestNanos()) {
          best = new Way(frame, division, Optional.of(way));
        }
      }
    }
    return best;
  }

  private Plan plan(Way end) {
    List<Stage> stages = new ArrayList<>(plan.stages());
    Optional<Way> way = Optional.of(end);
    for (int i = stages.size() - 1; i >= 0; i--) {
      if (way.orElseThrow().division().order() != Order.WHOLE) {
        stages.set(i, way.get().division().stage(stages.get(i)));
      }
      way = way.get().before();
    }
    return new Plan(plan.graph(), plan.devices(), plan.head(), plan.routing(), stages);
  }
}
