package org.edgeld.workbench.split.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.link.SharedLinks;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.planner.PlanCompiler;
import org.edgeld.workbench.simulate.Simulator;
import org.edgeld.workbench.split.Contexts;
import org.edgeld.workbench.split.PlanContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class PartsFrameTest {
  private static final int CLUSTERS = 150;

  /** Median of how far estimates of randomly cut plans are off the simulator. */
  private static final double OFF = 0.02;

  /** What nine of ten estimates are not off by. */
  private static final double MOSTLY_OFF = 0.1;

  @ParameterizedTest
  @ValueSource(strings = {"equal", "proportional", "ocbp"})
  void randomlyCutPlansTakeAboutAsLongAsInTheSimulator(String strategy) throws Exception {
    List<Double> off = new ArrayList<>();
    for (int seed = 0; seed < CLUSTERS; seed++) {
      PlanRequest request =
          RandomClusters.request(SmallModels.all(), seed, 1e-3)
              .with(strategy, "layer")
              .with(Overlap.OFF);
      Plan whole;
      try {
        whole = DefaultPlanner.load().plan(request).plan();
      } catch (InfeasiblePlanException e) {
        continue;
      }
      if (request.profile().size() > 1) {
        off.add(off(whole, Contexts.of(request), new Random(seed)));
      }
    }
    Collections.sort(off);
    assertThat(off).hasSizeGreaterThan(CLUSTERS / 4);
    assertThat(off.get(off.size() / 2)).as("median of %s", off).isLessThan(OFF);
    assertThat(off.get(off.size() * 9 / 10)).as("nine of ten of %s", off).isLessThan(MOSTLY_OFF);
  }

  private static double off(Plan whole, PlanContext context, Random random) {
    StageParts parts = new StageParts(context.geometry(), context.cost(), context.times());
    PartsFrame frame =
        PartsFrame.start(
            new PartsFrame.Fixed(
                context.cost(),
                new SharedLinks(context.cost().interfaces()),
                whole.head().index(),
                Exchange.of(whole, context.geometry()),
                whole.stages().stream().map(parts::whole).toList()),
            whole.devices());
    List<Stage> stages = new ArrayList<>();
    Division last = new Division(Order.WHOLE, new Part[whole.devices()][0]);
    for (int stage = 0; stage < whole.stages().size(); stage++) {
      List<Division> orders = List.copyOf(parts.orders(whole.stages(), stage).values());
      Division next = orders.get(random.nextInt(orders.size()));
      frame = frame.with(stage, last, next);
      Stage uncut = whole.stages().get(stage);
      stages.add(next.order() == Order.WHOLE ? uncut : next.stage(uncut));
      last = next;
    }
    Plan cut = new Plan(whole.graph(), whole.devices(), whole.head(), whole.routing(), stages);
    double simulated =
        new Simulator().simulate(new PlanCompiler().compile(cut), context.cost()).latencyNanos();
    return Math.abs(frame.latencyNanos(last) / simulated - 1);
  }
}
