package org.edgeld.workbench.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;
import org.edgeld.workbench.profile.StepOverhead;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.words.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ExplainerTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(224);

  private static PlannedRun plan(String strategy, String fusion, double megabits, String... boards)
      throws InfeasiblePlanException {
    return plan(VGG16, strategy, fusion, megabits, boards);
  }

  private static PlannedRun plan(
      ModelGraph graph, String strategy, String fusion, double megabits, String... boards)
      throws InfeasiblePlanException {
    List<Board> all = new ArrayList<>();
    for (String board : boards) {
      all.addAll(Board.parse(board));
    }
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                RooflineProfile.of(graph, all, new LinkEstimate(0, megabits * 1e6)),
                new DeviceId(0),
                Method.of(strategy).withFusion(fusion)));
  }

  private static PlannedRun throughHead(String strategy, PlanRequest request)
      throws InfeasiblePlanException {
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                VGG16,
                request.profile(),
                request.head(),
                Method.of(strategy).withFusion("layer").with(Routing.HEAD)));
  }

  private static String sentence(PlannedRun planned) {
    return Explainer.predicted(planned, "predicted").sentence();
  }

  @Test
  void whatOneRowLessSavesIsSimulated() throws Exception {
    PlannedRun planned = plan("equal", "between-pools", 1000, "3xpi4:8", "jetson:60");
    ModelGeometry geometry = new ModelGeometry(VGG16);
    DeviceId slow = new DeviceId(2);
    DeviceId fast = new DeviceId(3);
    List<Stage> stages = new ArrayList<>(planned.plan().stages());
    Shift shift = Shift.of(stages.get(3), geometry).orElseThrow();
    stages.set(3, shift.moved(slow, fast, 1, geometry));
    Plan changed = new Plan(VGG16, 4, planned.plan().head(), planned.plan().routing(), stages);
    long after =
        DefaultPlanner.load()
            .predict(planned.request(), changed, JobMonitor.SILENT)
            .prediction()
            .latencyNanos();
    long before = planned.prediction().latencyNanos();

    assertThat(after).isLessThan(before);
    assertThat(sentence(planned))
        .startsWith("C pi4-3 bounds block 4 (")
        .endsWith("; one row less on C would save " + Figures.nanos(before - after) + ".");
  }

  @Test
  void whatComputingStripsInPartsBringsIsSimulated() throws Exception {
    PlannedRun off = plan("equal", "layer", 50, "4xpi4:8");
    PlannedRun auto = DefaultPlanner.load().plan(off.request().with(Overlap.AUTO));
    long saved = off.prediction().latencyNanos() - auto.prediction().latencyNanos();

    assertThat(sentence(off)).doesNotContain("in parts");
    assertThat(saved).isPositive();
    assertThat(sentence(auto))
        .endsWith(
            " Slices travel while the strips of %d blocks are computed in parts, which saves %s."
                .formatted(auto.plan().blocksInParts(), Figures.nanos(saved)));
  }

  @Test
  void aSlowLinkIsNamedWithItsDevice() throws Exception {
    PlannedRun throughHead =
        throughHead("equal", plan("equal", "layer", 100, "4xpi4:1.3").request());

    assertThat(sentence(throughHead))
        .startsWith("The link of A pi4-1 bounds block ")
        .contains(" would save ");
  }

  @Test
  void whereNoRowHelpsABetterDeviceIsNamed() throws Exception {
    PlannedRun planned = plan("joint", "layer", 100, "3xpi4:8");
    Explanation explanation = Explainer.predicted(planned, "estimated");

    assertThat(explanation.sentence()).contains(" twice as fast would save ", "estimated");
    assertThat(explanation.busiest().resource()).isEqualTo(SteadyState.Resource.PROCESSOR);
    assertThat(explanation.busyShare()).isBetween(0.8, 1.0);
  }

  @Test
  void aTransferLongerThanTheUndividedNetworkIsNotWorthIt() throws Exception {
    PlannedRun equal = plan("equal", "layer", 1, "4xpi4:60");
    assertThat(sentence(equal))
        .startsWith("Do not distribute like this: the transfer alone takes longer (")
        .contains(") than running on A pi4-1 (516 ms, predicted).");

    PlannedRun joint = plan("joint", "layer", 1, "4xpi4:60");
    assertThat(sentence(joint))
        .startsWith("Do not distribute: sending the input away alone takes longer (")
        .contains(") than running on A pi4-1 (516 ms, predicted).");
  }

  @Test
  void aPlanThatIsSlowerThanItsHeadSaysWhatHoldsItBack() throws Exception {
    assertThat(sentence(plan("equal", "between-pools", 1000, "jetson:60", "3xpi4:8")))
        .startsWith("Do not distribute like this: A jetson alone takes 516 ms, this plan ")
        .contains("pi4-", " bounds block ");
  }

  @Test
  void whoCannotRunTheNetworkAloneIsNoAlternative() throws Exception {
    PlannedRun remote = plan("remote", "layer", 1000, "small:8:4:100", "large:4");
    Explanation explanation = Explainer.predicted(remote, "predicted");

    assertThat(explanation.sentence())
        .startsWith("B large computes block ")
        .contains(" The head alone would need ", " MB on small, which has 100.0 MB.")
        .doesNotContain("Do not distribute");
    assertThat(explanation.undivided().nanos()).isEmpty();
    assertThat(Explainer.measured(remote, remote.prediction(), OptionalDouble.empty()).sentence())
        .doesNotContain("Do not distribute");
  }

  @Test
  void theUndividedNetworkTakesWhatItsBaselineTakes() throws Exception {
    for (String fusion : List.of("layer", "between-pools")) {
      PlannedRun planned = withStepOverhead(plan("equal", fusion, 1000, "3xpi4:8").request());
      PlannedRun single = DefaultPlanner.load().plan(planned.request().baseline("single"));

      assertThat(Explainer.predicted(planned, "predicted").undivided().nanos())
          .hasValue(single.prediction().latencyNanos());
    }
  }

  private static PlannedRun withStepOverhead(PlanRequest request) throws InfeasiblePlanException {
    ClusterProfile profile = request.profile();
    List<DeviceProfile> devices =
        profile.devices().stream()
            .map(
                device ->
                    new DeviceProfile(
                        device.info(),
                        device.layers(),
                        new StepOverhead(20_000_000),
                        device.regression()))
            .toList();
    return DefaultPlanner.load().plan(request.with(new ClusterProfile(devices, profile.links())));
  }

  @Test
  void aLeverThatTheMemoryForbidsIsNotOffered() throws Exception {
    PlannedRun free = plan("equal", "between-pools", 1000, "3xpi4:8", "jetson:60");
    assertThat(sentence(free)).contains("less on C would save");
    String exact =
        "jetson:60::%d".formatted(Math.floorDiv(free.memoryBytes().get(3), 1_000_000) + 1);
    PlannedRun full = plan("equal", "between-pools", 1000, "3xpi4:8", exact);
    WhatIf whatIf = new WhatIf(full);
    DeviceId slow = new DeviceId(2);
    List<Stage> stages = new ArrayList<>(full.plan().stages());
    Shift shift = Shift.of(stages.get(0), whatIf.geometry()).orElseThrow();
    stages.set(0, shift.moved(slow, new DeviceId(3), shift.size(slow), whatIf.geometry()));

    assertThat(whatIf.saved(stages)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(new WhatIf(free).saved(stages)).isFinite();
  }

  @Test
  void aSearchThatLeavesAllToTheHeadSaysThatItFoundNothingFaster() throws Exception {
    PlannedRun joint = plan("joint", "layer", 20, "jetson:60", "slow:0.05");
    assertThat(joint.plan().stages()).allMatch(stage -> stage.soleDevice().isPresent());
    assertThat(sentence(joint))
        .isEqualTo(
            "Do not distribute: no plan found is faster than A jetson alone (516 ms, predicted).");
    assertThat(Explainer.given(joint, "predicted").sentence())
        .as("a plan from a file was not searched for these devices")
        .startsWith("Nothing is divided: every block runs on A jetson, in 516 ms");
  }

  @Test
  void onePlanThatIsSlowDoesNotMeanThatNonePays() throws Exception {
    PlanRequest slow = plan("equal", "layer", 100, "4xpi4:16").request();
    PlannedRun throughHead = throughHead("equal", slow);
    PlannedRun joint = DefaultPlanner.load().plan(slow.with("joint", "layer"));

    assertThat(sentence(throughHead)).startsWith("Do not distribute like this: ");
    assertThat(joint.prediction().latencyNanos())
        .isLessThan(
            (long) Explainer.predicted(joint, "predicted").undivided().nanos().orElseThrow());
  }

  @Test
  void aPlanForStreamsIsJudgedByItsThroughput() throws Exception {
    PlannedRun pico = plan("pico", "layer", 1000, "4xpi4:8");
    Explanation explanation = Explainer.predicted(pico, "predicted");
    double alone = explanation.undivided().nanos().orElseThrow();
    SteadyState.Load busiest = explanation.busiest();

    assertThat(pico.nanosPerFrame()).isLessThan(alone);
    assertThat(explanation.sentence())
        .startsWith(
            "The processor of %s %s bounds the stream: it works %s on each frame, so that %s frames/s pass"
                .formatted(
                    busiest.device().letter(),
                    pico.request().profile().device(busiest.device()).info().name(),
                    Figures.nanos(pico.nanosPerFrame()),
                    Figures.number(1e9 / pico.nanosPerFrame())))
        .contains(
            ", %s what A pi4-1 carries alone"
                .formatted(Figures.factor(alone / pico.nanosPerFrame())))
        .contains(" would let ");
  }

  @Test
  void aStreamThatIsSlowerThanTheHeadAloneSaysSo() throws Exception {
    PlannedRun given =
        DefaultPlanner.load()
            .predict(
                plan("pico", "layer", 1, "4xpi4:60").request(),
                plan("equal", "layer", 1, "4xpi4:60").plan(),
                JobMonitor.SILENT);
    assertThat(sentence(given))
        .startsWith("Do not distribute like this: A pi4-1 alone carries 1.9 frames/s, this plan 0.")
        .contains(" link of ", " bounds the stream: it works ");
  }

  @Test
  void tilesOfAGridAreNotCalledStrips() throws Exception {
    PlanRequest request = plan("ftp", "layer", 50, "4xpi4:8").request();
    PlannedRun tiles =
        DefaultPlanner.load()
            .plan(
                new PlanRequest(
                    VGG16,
                    request.profile(),
                    request.head(),
                    Method.of("ftp")
                        .with(Map.of("grid", "2x4"))
                        .withFusion("layer")
                        .with(request.method().headRole())));

    assertThat(sentence(tiles))
        .contains(
            " devices have several tiles one after the other, so that slices travel meanwhile")
        .doesNotContain("strips");
  }

  @Test
  void anUndividedPlanSaysSo() throws Exception {
    assertThat(sentence(plan("single", "layer", 1000, "2xpi4:8")))
        .startsWith("Nothing is divided: every block runs on A pi4-1, in ");
  }

  @Test
  void aNetworkWithoutRowsSaysWhyNothingIsDividedAndWhatWouldDivideIt() throws Exception {
    GraphBuilder builder =
        new GraphBuilder("mlp", new TensorShape(64, 1, 1), GraphBuilder.seeded(1));
    TensorId hidden = builder.flatten("flatten", TensorId.INPUT);
    hidden = builder.linear("fc1", hidden, 512, Activation.RELU);
    builder.linear("fc2", hidden, 512, Activation.NONE);
    ModelGraph mlp = builder.build();

    assertThat(sentence(plan(mlp, "equal", "layer", 1e6, "2xpi4:0.001")))
        .startsWith(
            "Nothing is divided: no block can be divided by rows, so all runs on A pi4-1, in ")
        .endsWith(" Maybe use the strategy channels.");
    assertThat(plan(mlp, "channels", "layer", 1e6, "2xpi4:0.001").plan().stages())
        .anyMatch(stage -> stage.soleDevice().isEmpty());
  }

  @Test
  void aBlockThatOneDeviceComputesIsNamedSo() throws Exception {
    assertThat(sentence(plan("remote", "layer", 1000, "pi4:8", "jetson:60")))
        .startsWith("B jetson computes block ")
        .contains(" alone (");
  }

  @Test
  void aMeasuredFrameIsComparedWithTheMeasuredBaseline() throws Exception {
    PlannedRun planned = plan("equal", "between-pools", 1000, "4xpi4:8");
    Explanation faster = Explainer.measured(planned, planned.prediction(), OptionalDouble.of(4e9));
    Explanation slower = Explainer.measured(planned, planned.prediction(), OptionalDouble.of(5e8));

    assertThat(faster.sentence()).contains("measured").doesNotContain("Do not distribute");
    assertThat(faster.sentence()).endsWith(" (predicted).");
    assertThat(slower.sentence())
        .startsWith("Do not distribute like this: A pi4-1 alone takes 500 ms");
  }

  @Test
  void aFrameWithoutMeasuredBaselineIsNotComparedWithAPredictedOne() throws Exception {
    PlannedRun planned = plan("equal", "between-pools", 1000, "jetson:60", "3xpi4:8");

    assertThat(sentence(planned)).startsWith("Do not distribute like this: ");
    assertThat(Explainer.measured(planned, planned.prediction(), OptionalDouble.empty()).sentence())
        .contains(" bounds block ")
        .doesNotContain("Do not distribute");
  }

  @Test
  void aPathIsToldByWhoComputesAndWhatTravels() throws Exception {
    PlannedRun alone = plan("single", "layer", 1000, "2xpi4:60");
    CriticalPath path = CriticalPath.of(alone.programs(), alone.prediction());
    assertThat(PathWords.of(alone, path, alone.prediction().latencyNanos()))
        .isEqualTo("A computes 516 ms; nothing travels");

    PlannedRun remote = plan("remote", "layer", 1000, "pi4:8", "jetson:60");
    Explanation explanation = Explainer.predicted(remote, "predicted");
    assertThat(PathWords.of(remote, explanation.path(), explanation.latencyNanos()))
        .startsWith("B computes 516 ms; slices travel ");
    assertThat(PathWords.of(explanation.busiest())).isEqualTo("processor of B");
  }

  /** Twice as slow as predicted in everything, and its latency with it. */
  private static Trace twiceAsSlow(Trace trace) {
    return new Trace(
        2 * trace.latencyNanos(),
        trace.spans().stream()
            .map(
                span ->
                    new Span(
                        span.device(),
                        span.kind(),
                        span.step(),
                        2 * span.startNanos(),
                        2 * span.endNanos()))
            .toList(),
        trace.clockErrorNanos());
  }

  @Test
  void linksDelayAMeasuredFrameByWhatItsOwnPathLacks() throws Exception {
    PlannedRun remote = plan("remote", "layer", 1000, "pi4:8", "jetson:60");
    Trace trace = twiceAsSlow(remote.prediction());
    Trace late =
        new Trace(trace.latencyNanos() + 7_000_000, trace.spans(), trace.clockErrorNanos());

    Explanation measured = Explainer.measured(remote, late, OptionalDouble.empty());

    assertThat(measured.latencyNanos()).isEqualTo(late.latencyNanos());
    assertThat(PathWords.of(remote, measured.path(), measured.latencyNanos()))
        .endsWith("and links delay them 7.0 ms");
  }

  @Test
  void savingsOfAKeptRunDoNotDependOnTheSimulatorOfItsTime() throws Exception {
    PlannedRun planned = plan("ocbp", "layer", 100, "4xpi4:8");
    PlannedRun kept =
        new PlannedRun(
            planned.request(),
            planned.plan(),
            planned.programs(),
            twiceAsSlow(planned.prediction()),
            planned.memoryBytes(),
            planned.frameBytes(),
            planned.nanosPerFrame(),
            planned.bounds());

    DeviceId head = new DeviceId(0);
    assertThat(new WhatIf(kept).savedByFasterProcessor(head))
        .isEqualTo(new WhatIf(planned).savedByFasterProcessor(head));
    assertThat(new WhatIf(kept).saved(kept.plan().stages())).isZero();
    assertThat(Explainer.predicted(kept, "predicted").busyShare())
        .isEqualTo(Explainer.predicted(planned, "predicted").busyShare());
  }

  @Test
  void theLongestPieceComesFirstAndPiecesAreTheWholePath() throws Exception {
    PlannedRun planned = plan("ocbp", "layer", 100, "4xpi4:8");
    CriticalPath path = CriticalPath.of(planned.programs(), planned.prediction());
    List<Piece> pieces = Explainer.pieces(planned, path);

    assertThat(pieces.stream().mapToLong(Piece::nanos).sum())
        .isEqualTo(path.spans().stream().mapToLong(span -> span.durationNanos()).sum());
    assertThat(pieces.stream().map(piece -> -piece.nanos())).isSorted();
  }
}
