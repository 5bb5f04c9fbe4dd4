package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.edgeld.geometry.Block;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.Axis;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.Window;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class DefaultPlannerTest {
  private static final DeviceId A = new DeviceId(0);
  private final Planner planner = DefaultPlanner.load();

  private static PlanRequest request(
      ModelGraph graph, int devices, String strategy, String fusion) {
    return new PlanRequest(
        graph,
        SyntheticCluster.equal(graph, devices, 8e9, 1e9),
        A,
        Method.of(strategy).withFusion(fusion));
  }

  private void assertInfeasible(PlanRequest request, String message) {
    assertThatThrownBy(() -> planner.plan(request))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(message);
  }

  private static String strategies() {
    return SplitStrategies.load().all().stream()
        .map(SplitStrategy::id)
        .collect(Collectors.joining(", "));
  }

  @Test
  void mistypedNamesAreGuessed() {
    ModelGraph graph = SmallModels.convolutionsOnly();
    assertInfeasible(
        request(graph, 2, "ocpb", "layer"),
        "\"ocpb\" is not a strategy. Maybe \"ocbp\"; known are " + strategies() + ".");
    assertInfeasible(
        request(graph, 2, "equal", "betwen-pools"),
        "\"betwen-pools\" is not a fusion rule. Maybe \"between-pools\"; known are layer,"
            + " between-pools or a depth such as 2.");
    assertInfeasible(
        request(graph, 2, "zzzzzzzz", "layer"),
        "\"zzzzzzzz\" is not a strategy. Maybe one of " + strategies() + ".");
    assertInfeasible(
        request(graph, 2, "equal", "0"),
        "The fusion depth (0) is less than 1. Maybe 1, which is layer by layer.");
  }

  @Test
  void remoteNeedsASecondDevice() {
    assertInfeasible(
        request(SmallModels.concat(), 1, "remote", "layer"),
        "The strategy remote needs a device besides the head, and there is none. Maybe add an agent"
            + " or use the strategy single.");
  }

  @Test
  void moreStripsThanRowsAreRefusedWithFiguresThatWork() throws Exception {
    for (String strategy : List.of("equal", "proportional", "bodp", "ocbp", "ocbp-paper")) {
      assertInfeasible(
          request(SmallModels.vgg16(32), 4, strategy, "between-pools"),
          "The block conv5_1–conv5_3 has 2 output rows for 4 devices. Maybe use at most 2 devices"
              + " or an input of at least 64.");
      assertThat(planner.plan(request(SmallModels.vgg16(32), 2, strategy, "between-pools")))
          .isNotNull();
      assertThat(planner.plan(request(SmallModels.vgg16(64), 4, strategy, "between-pools")))
          .isNotNull();
    }
    PlanRequest equal = request(SmallModels.vgg16(32), 4, "equal", "layer");
    PlanRequest edgeLd = equal.with(Scheme.EDGELD.apply(equal.method()));
    assertInfeasible(
        edgeLd,
        "The block conv5_1–conv5_3 has 2 output rows for 3 devices besides the head. Maybe use at"
            + " most 3 devices or an input of at least 48.");
  }

  @Test
  void aDeviceThatWouldWaitForNothingIsRefused() throws Exception {
    // the last device of three would make nothing but padding
    ModelGraph padded = chain(new TensorShape(2, 4, 4), new Operator.Pad(0, 0, 0, 14, 0, 0, 0));

    assertInfeasible(
        request(padded, 3, "equal", "layer"),
        "What board-2 would compute depends on no input. Maybe use 1 device or a larger input.");
    assertThat(planner.plan(request(padded, 1, "equal", "layer"))).isNotNull();
    assertThat(planner.plan(request(padded, 3, "joint", "layer"))).isNotNull();
  }

  @Test
  void aNetworkBuiltForOneSizeIsRefusedWithoutALargerInput() {
    Window one = Window.of(1, 1, 0);
    ModelGraph turned =
        chain(
            new TensorShape(2, 3, 1),
            new Operator.Transpose(Axis.ROWS, Axis.CHANNELS, Axis.COLUMNS),
            new Operator.Conv2d(3, 3, one, one, 1, Activation.NONE));

    assertInfeasible(
        request(turned, 3, "equal", "layer"),
        "The block 1 has 2 output rows for 3 devices. Maybe use at most 2 devices.");
  }

  private static ModelGraph chain(TensorShape input, Operator... operators) {
    List<Layer> layers = new ArrayList<>();
    for (Operator operator : operators) {
      List<WeightRef> weights =
          operator instanceof Operator.Conv2d conv
              ? List.of(
                  new WeightRef.Seeded(1, 1, List.of(conv.outChannels(), conv.inChannels(), 1, 1)),
                  new WeightRef.Seeded(2, 1, List.of(conv.outChannels())))
              : List.of();
      layers.add(
          new Layer(
              Integer.toString(layers.size()),
              operator,
              List.of(new TensorId(layers.size())),
              weights));
    }
    return ModelGraph.of("chain", input, layers);
  }

  @Test
  void poolsThatLeaveTooFewRowsAreCutOffTheirBlock() throws Exception {
    Plan plan = planner.plan(request(SmallModels.vgg16(64), 4, "equal", "between-pools")).plan();
    List<Stage> stages = plan.stages();
    assertThat(stages.stream().map(Stage::block))
        .containsExactly(
            new Block(0, 3),
            new Block(3, 6),
            new Block(6, 10),
            new Block(10, 14),
            new Block(14, 17),
            new Block(17, 18),
            new Block(18, 22));
    assertThat(stages.get(4).soleDevice()).isEmpty();
    assertThat(stages.get(5).soleDevice()).contains(A);
  }

  @Test
  void aLeaderGetsNoStripsUnlessItIsAlone() throws Exception {
    for (String strategy : List.of("equal", "proportional", "bodp", "ocbp", "ocbp-paper")) {
      ModelGraph graph = SmallModels.residual();
      for (int devices = 1; devices <= 3; devices++) {
        PlanRequest worker = request(graph, devices, strategy, "layer");
        PlanRequest leader =
            new PlanRequest(
                graph,
                worker.profile(),
                A,
                Method.of(strategy).withFusion("layer").with(Routing.HEAD).with(HeadRole.LEADER));
        ModelGeometry geometry = new ModelGeometry(graph);
        for (Stage stage : planner.plan(leader).plan().stages()) {
          boolean split = geometry.splits(stage.block());
          assertThat(stage.rows(A).isEmpty()).isEqualTo(split && devices > 1);
        }
      }
    }
  }

  @Test
  void remoteTakesTheDeviceThatAnswersSoonest() throws Exception {
    ModelGraph graph = SmallModels.residual();
    ClusterProfile profile = SyntheticCluster.of(graph, new double[] {1e8, 2e8, 1e8}, 1e9, 0);
    assertThat(remote(graph, profile)).contains(new DeviceId(1));
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (List<LinkEstimate> row : profile.links()) {
      List<LinkEstimate> slower = new ArrayList<>(row);
      slower.set(1, new LinkEstimate(0, 1000));
      links.add(slower);
    }
    assertThat(remote(graph, new ClusterProfile(profile.devices(), links)))
        .contains(new DeviceId(2));
  }

  private Optional<DeviceId> remote(ModelGraph graph, ClusterProfile profile)
      throws InfeasiblePlanException {
    PlannedRun run =
        planner.plan(
            new PlanRequest(
                graph, profile, A, Method.of("remote").withFusion("layer").with(Routing.HEAD)));
    return run.plan().stages().get(0).soleDevice();
  }

  @Test
  void memoryIsConvolutionsWeightsTwicePlusTheLargestSetOfLiveTensors() throws Exception {
    ModelGraph graph = SmallModels.convolutionsOnly();
    PlannedRun run = planner.plan(request(graph, 2, "single", "layer"));
    // input 1×23×5 and 22×4 pixels of conv1 (the last row and column are never read) live while
    // conv2 is computed
    long input = 23 * 5;
    long first = 3 * 22 * 4;
    long second = 2 * 11 * 2;
    assertThat(run.memoryBytes())
        .containsExactly(2 * graph.weightBytes() + 4 * (input + first + second), 0L);
  }

  @Test
  void aPlanThatExceedsADevicesMemoryIsRefusedWithTheNearestStrategy() {
    PlanRequest request = single(withMemory(256_000_000));
    assertThatThrownBy(() -> planner.plan(request))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessageMatching(
            "The plan needs 6\\d\\d\\.\\d MB on board-0, which has 256\\.0 MB\\. Maybe use more"
                + " devices or a smaller input; of all strategies .+ comes nearest, with .+ MB on"
                + " .+, which has 256\\.0 MB\\.");
  }

  @Test
  void aPlanThatExceedsTheHeadsMemoryIsRefusedWithAStrategyThatFits() throws Exception {
    PlanRequest request = single(withMemory(256_000_000, 2_000_000_000));
    Pattern refusal =
        Pattern.compile(
            "The plan needs 6\\d\\d\\.\\d MB on board-0, which has 256\\.0 MB\\. Maybe use the"
                + " strategy (\\w+), the fastest that fits\\.");
    Matcher message =
        refusal.matcher(
            catchThrowableOfType(InfeasiblePlanException.class, () -> planner.plan(request))
                .getMessage());
    assertThat(message.matches()).as("%s", message).isTrue();
    assertThat(planner.plan(request.with(message.group(1), "layer")).memoryBytes().get(0))
        .isLessThan(256_000_000);
  }

  private static PlanRequest single(ClusterProfile profile) {
    ModelGraph graph = SmallModels.vgg16(224);
    return new PlanRequest(
        graph, profile, A, Method.of("single").withFusion("layer").with(Routing.HEAD));
  }

  /** Returns boards of 8 GFLOP/s for VGG16, on links so slow that one of them computes alone. */
  private static ClusterProfile withMemory(long... bytes) {
    ModelGraph graph = SmallModels.vgg16(224);
    List<DeviceProfile> boards = new ArrayList<>();
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int i = 0; i < bytes.length; i++) {
      boards.add(
          SyntheticCluster.device(graph, "board-" + i, 8e9, new Emulation(1, 0, 0, bytes[i])));
      List<LinkEstimate> own = new ArrayList<>();
      for (int j = 0; j < bytes.length; j++) {
        own.add(i == j ? LinkEstimate.SELF : new LinkEstimate(1_000_000, 0, 1e6));
      }
      links.add(own);
    }
    return new ClusterProfile(boards, links);
  }

  @Test
  void schemesOverrideTheRequest() throws Exception {
    PlanRequest request = request(SmallModels.concat(), 3, "equal", "2");
    PlanRequest edgeLd = request.with(Scheme.find("edgeld").apply(request.method()));
    assertThat(edgeLd)
        .isEqualTo(
            new PlanRequest(
                request.graph(),
                request.profile(),
                A,
                Method.of("ocbp-paper")
                    .withPoolsOnHead(true)
                    .with(Routing.HEAD)
                    .with(HeadRole.LEADER)));
    PlanRequest modnn = request.with(Scheme.find("modnn").apply(request.method()));
    assertThat(
            List.of(
                modnn.method().strategy(),
                modnn.method().fusion(),
                modnn.method().routing(),
                modnn.method().headRole()))
        .isEqualTo(List.of("bodp", "layer", Routing.HEAD, HeadRole.WORKER));
    assertThatThrownBy(() -> Scheme.find("edgled"))
        .hasMessage("\"edgled\" is not a scheme. Maybe \"edgeld\"; known are edgeld, modnn.");
  }
}
