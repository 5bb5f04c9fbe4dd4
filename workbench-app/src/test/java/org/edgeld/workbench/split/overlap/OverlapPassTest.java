package org.edgeld.workbench.split.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.ImaginedRefiner;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class OverlapPassTest {
  private static final int CLUSTERS = 60;

  /** Share of a frame below which a plan is as fast as another. */
  private static final double FASTER = 0.99;

  private static final DeviceId MIDDLE = new DeviceId(1);

  private final DefaultPlanner planner = DefaultPlanner.load();

  @ParameterizedTest
  @ValueSource(strings = {"equal", "ocbp", "minmax", "channels", "neurosurgeon", "ftp", "joint"})
  void plansAreNeverPredictedToBeSlowerUnlessThatIsAskedFor(String strategy) {
    int faster = 0;
    int compared = 0;
    for (int seed = 0; seed < CLUSTERS; seed++) {
      PlanRequest request =
          RandomClusters.request(SmallModels.all(), seed, 1e-3).with(strategy, "layer");
      Optional<PlannedRun> off = plan(request.with(Overlap.OFF));
      if (off.isPresent()) {
        long before = off.get().prediction().latencyNanos();
        long after = plan(request.with(Overlap.AUTO)).orElseThrow().prediction().latencyNanos();
        assertThat(after).as("seed %d", seed).isLessThanOrEqualTo(before);
        compared++;
        faster += after < FASTER * before ? 1 : 0;
      }
    }
    assertThat(compared).isGreaterThan(CLUSTERS / 2);
    assertThat(faster).as("plans that become faster").isPositive();
  }

  private Optional<PlannedRun> plan(PlanRequest request) {
    try {
      return Optional.of(planner.plan(request));
    } catch (InfeasiblePlanException e) {
      return Optional.empty();
    }
  }

  @Test
  void halosTravelWhileDevicesCompute() throws Exception {
    PlannedRun off = planner.plan(convolutions(3, Routing.PEER).with(Overlap.OFF));
    PlannedRun on = planner.plan(convolutions(3, Routing.PEER).with(Overlap.ON));
    assertThat(off.plan().blocksInParts()).isZero();
    assertThat(on.plan().blocksInParts()).isEqualTo(on.plan().stages().size());
    // the device in the middle owes both neighbours a halo in every layer but the last
    // what travels meanwhile with whole strips does so because the outer ones are done earlier
    assertThat(halosHidden(on)).isGreaterThan(halosHidden(off)).isGreaterThan(2.0 / 3);
    DeviceTotals whole = DeviceTotals.of(off.prediction(), MIDDLE);
    DeviceTotals parts = DeviceTotals.of(on.prediction(), MIDDLE);
    assertThat(parts.overlap()).isGreaterThan(whole.overlap());
    assertThat(parts.waitNanos()).isLessThan(whole.waitNanos());
    assertThat(on.prediction().latencyNanos()).isLessThan(off.prediction().latencyNanos());
  }

  /** Returns which part of the time that halos travel their sender computes. */
  private static double halosHidden(PlannedRun run) {
    double all = 0;
    double hidden = 0;
    for (Span send : run.prediction().spans()) {
      if (!(step(run, send) instanceof Step.Send halo)
          || !send.device().equals(MIDDLE)
          || run.request().graph().outputs().contains(halo.slice().tensor())) {
        continue;
      }
      all += send.durationNanos();
      for (Span compute : run.prediction().spans()) {
        if (compute.kind() == Span.Kind.COMPUTE && compute.device().equals(MIDDLE)) {
          long start = Math.max(send.startNanos(), compute.startNanos());
          long end = Math.min(send.endNanos(), compute.endNanos());
          hidden += Math.max(0, end - start);
        }
      }
    }
    return hidden / all;
  }

  private static Step step(PlannedRun run, Span span) {
    return run.programs().of(span.device()).steps().get(span.step());
  }

  @ParameterizedTest
  @CsvSource({"PEER,2", "PEER,4", "HEAD,3"})
  void aDeviceSendsWhatItHasComputedBeforeItGoesOn(Routing routing, int devices) throws Exception {
    PlannedRun on = planner.plan(convolutions(devices, routing).with(Overlap.ON));
    int early = 0;
    for (var program : on.programs().programs()) {
      Optional<Block> before = Optional.empty();
      boolean sent = false;
      for (Step step : program.steps()) {
        if (step instanceof Step.Compute compute) {
          early += sent && before.equals(Optional.of(compute.block())) ? 1 : 0;
          before = Optional.of(compute.block());
          sent = false;
        }
        sent |= step instanceof Step.Send;
      }
    }
    assertThat(early).isPositive();
  }

  @Test
  void aPlanForManyFramesIsCutOnlyOnRequest() throws Exception {
    PlanRequest request = convolutions(3, Routing.PEER).with("pico", "layer");
    PlannedRun auto = planner.plan(request.with(Overlap.AUTO));
    assertThat(auto.plan()).isEqualTo(planner.plan(request.with(Overlap.OFF)).plan());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 0.9})
  void jointFindsRivalsWhosePartsWereTimedFasterThanTheirLayers(double factor) throws Exception {
    for (int devices = 2; devices <= 4; devices++) {
      PlanRequest request = convolutions(devices, Routing.PEER).with(Overlap.AUTO);
      PlannedRun guessed = planner.plan(request.with(Overlap.ON));
      assertThat(guessed.plan().blocksInParts()).isPositive();
      PlanRequest timed =
          request.with(
              new ImaginedRefiner(step -> factor)
                  .refine(
                      request.profile(),
                      List.of(guessed.programs()),
                      List.of(),
                      JobMonitor.SILENT));
      long rival =
          Math.min(
              planner.plan(timed).prediction().latencyNanos(),
              planner.plan(timed.with(Overlap.ON)).prediction().latencyNanos());
      PlannedRun joint = planner.plan(timed.with("joint", "layer"));
      assertThat(joint.prediction().latencyNanos())
          .as("%d devices", devices)
          .isLessThanOrEqualTo(rival);
    }
  }

  @Test
  void aSingleDeviceHasNothingToSendEarly() throws Exception {
    PlannedRun alone = planner.plan(convolutions(1, Routing.PEER).with(Overlap.ON));
    assertThat(alone.plan().blocksInParts()).isZero();
  }

  /** Four convolutions on devices for which a halo takes about as long as half a strip. */
  private static PlanRequest convolutions(int devices, Routing routing) {
    GraphBuilder builder =
        new GraphBuilder("convolutions", new TensorShape(4, 48, 12), GraphBuilder.seeded(5));
    TensorId tensor = TensorId.INPUT;
    for (int i = 1; i <= 4; i++) {
      tensor = builder.conv("conv" + i, tensor, 4, Window.of(3, 1, 1), Activation.RELU);
    }
    ModelGraph graph = builder.build();
    double[] rates = new double[devices];
    Arrays.fill(rates, 1e7);
    return new PlanRequest(
        graph,
        SyntheticCluster.of(graph, rates, 5e6, 100_000),
        new DeviceId(0),
        Method.of("equal").withFusion("layer").with(routing));
  }
}
