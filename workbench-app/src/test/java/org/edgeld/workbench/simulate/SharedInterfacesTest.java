package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.trace.Span;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the interfaces of every simulated frame. */
@Tag("core")
class SharedInterfacesTest {
  private static final int SEEDS = 60;

  /** Each span is rounded to nanoseconds. */
  private static final double ROUNDING_NANOS = 2;

  /** A span of sending with the time it takes alone, and how much of both interfaces. */
  private record Sending(Span span, DeviceId to, double alone, double outgoing, double incoming) {}

  @ParameterizedTest
  @ValueSource(strings = {"equal", "ocbp", "channels", "ftp", "joint"})
  void noInterfaceMovesMoreThanItCan(String strategy) {
    int frames = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      PlanRequest equal = RandomClusters.request(SmallModels.all(), seed, 1e-3);
      PlanRequest request =
          (seed % 2 == 0 ? equal : RandomClusters.withInterfaces(equal, seed))
              .with(strategy, "layer");
      PlannedRun run;
      try {
        run = DefaultPlanner.load().plan(request);
      } catch (InfeasiblePlanException e) {
        continue;
      }
      frames++;
      assertThat((double) run.prediction().latencyNanos())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(run.lowerBoundNanos() - ROUNDING_NANOS);
      List<Sending> sendings = sendings(run);
      for (Sending sending : sendings) {
        assertThat((double) sending.span().durationNanos())
            .as("seed %d", seed)
            .isGreaterThanOrEqualTo(sending.alone() - ROUNDING_NANOS);
      }
      for (int i = 0; i < request.profile().size(); i++) {
        DeviceId device = new DeviceId(i);
        requireTimeForAll(
            sendings.stream().filter(sending -> sending.span().device().equals(device)).toList(),
            Sending::outgoing);
        requireTimeForAll(
            sendings.stream().filter(sending -> sending.to().equals(device)).toList(),
            Sending::incoming);
      }
    }
    assertThat(frames).isGreaterThan(SEEDS / 2);
  }

  private static List<Sending> sendings(PlannedRun run) {
    MeasuredCost cost = new MeasuredCost(run.plan().graph(), run.request().profile());
    List<Sending> sendings = new ArrayList<>();
    for (Span span : run.prediction().spans()) {
      if (run.programs().of(span.device()).steps().get(span.step()) instanceof Step.Send send) {
        double alone = cost.transmissionNanos(span.device(), send.to(), send.slice().bytes());
        int from = span.device().index();
        int to = send.to().index();
        double outgoing = cost.interfaces().outgoingShare(from, to);
        double incoming = cost.interfaces().incomingShare(from, to);
        sendings.add(new Sending(span, send.to(), alone, alone * outgoing, alone * incoming));
      }
    }
    return sendings;
  }

  /** Between any start and the end of all that began later, there is time for all of it. */
  private static void requireTimeForAll(List<Sending> sendings, ToDoubleFunction<Sending> filled) {
    List<Sending> lastFirst = new ArrayList<>(sendings);
    lastFirst.sort(
        Comparator.comparingLong((Sending sending) -> sending.span().startNanos()).reversed());
    double work = 0;
    long end = 0;
    for (Sending sending : lastFirst) {
      work += filled.applyAsDouble(sending);
      end = Math.max(end, sending.span().endNanos());
      assertThat((double) end - sending.span().startNanos())
          .isGreaterThanOrEqualTo(work - ROUNDING_NANOS);
    }
  }
}
