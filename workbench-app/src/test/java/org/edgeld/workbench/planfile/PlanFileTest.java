package org.edgeld.workbench.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class PlanFileTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final double SCALE = 1e-3;
  private static final int SEEDS = 8;
  private static final int DAMAGES = 400;

  @TempDir Path folder;
  private final Planner planner = DefaultPlanner.load();

  static Stream<Arguments> strategiesAndSeeds() {
    return SplitStrategies.load().all().stream()
        .map(SplitStrategy::id)
        .flatMap(id -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(id, seed)));
  }

  @ParameterizedTest
  @MethodSource("strategiesAndSeeds")
  void whatWasSavedIsLoadedAndPredictedTheSame(String strategy, long seed) throws Exception {
    PlanRequest request =
        RandomClusters.request(SmallModels.all(), seed, SCALE).with(strategy, "between-pools");
    PlannedRun planned;
    try {
      planned = planner.plan(request);
    } catch (InfeasiblePlanException e) {
      assertThat(e.getMessage()).contains("Maybe");
      return; // nothing to save
    }
    SavedPlan saved = SavedPlan.of(planned.plan(), request);
    Path file = folder.resolve("plan.json");
    PlanFile.write(file, "net", saved);
    SavedPlan loaded = PlanFile.read(file, "net", request.graph());

    assertThat(loaded).isEqualTo(saved);
    assertThat(loaded.request(request.profile())).isEqualTo(request);
    assertThat(planner.predict(request, loaded.plan(), JobMonitor.SILENT)).isEqualTo(planned);
  }

  @Test
  void plansSavedBeforeStripsCouldBeCutAreLoadedUncut() throws Exception {
    ObjectNode json = exampleJson().deepCopy();
    ((ObjectNode) json.get("madeBy")).remove("overlap");
    assertThat(load(json).method()).isEqualTo(example().request().method());
    assertThat(example().request().method().overlap()).isEqualTo(Overlap.OFF);
  }

  private static PlannedRun pairs() throws InfeasiblePlanException {
    ModelGraph graph = SmallModels.vgg16(64);
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.equal(graph, 3, 1e9, 1e9),
                new DeviceId(1),
                Method.of("channels").with(Map.of("pairs", "on")).withFusion("2")));
  }

  @Test
  void pairsOfLayersAreSavedWithTheChannelsSummedOver() throws Exception {
    PlannedRun planned = pairs();
    assertThat(planned.plan().stages()).anyMatch(Stage::sums);
    SavedPlan saved = SavedPlan.of(planned.plan(), planned.request());
    assertThat(load(PlanFile.of("vgg16", saved))).isEqualTo(saved);
  }

  @Test
  void errorsNameTheChannelsSummedOver() throws Exception {
    PlannedRun planned = pairs();
    ObjectNode json = PlanFile.of("vgg16", SavedPlan.of(planned.plan(), planned.request()));
    int stage = 0;
    while (!planned.plan().stages().get(stage).sums()) {
      stage++;
    }
    ObjectNode sum = (ObjectNode) json.at("/stages/%d/sums/1".formatted(stage));
    int start = sum.at("/channels/0").asInt();
    int end = sum.at("/channels/1").asInt();
    String where = "stages[%d]".formatted(stage);
    sum.putArray("channels").add(start + 1).add(end);
    assertRefused(json, where, "sums over input channel %d nowhere".formatted(start));
    sum.putArray("channels").add(start - 1).add(end);
    assertRefused(json, where, "sums over input channel %d twice".formatted(start - 1));
    sum.putArray("channels").add(start).add(999_999);
    assertRefused(json, where + ".sums[1].channels[1] (999999)", "no whole number");
    sum.putArray("channels").add(start).add(end);
    sum.put("device", "A");
    assertRefused(json, where + ".sums[1].device", "two ranges");
  }

  private void assertRefused(ObjectNode json, String... words) {
    assertThatThrownBy(() -> load(json))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageContainingAll(words);
  }

  private static PlannedRun example() throws InfeasiblePlanException {
    ModelGraph graph = SmallModels.vgg16(64);
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                graph,
                SyntheticCluster.equal(graph, 3, 1e9, 1e9),
                new DeviceId(1),
                Method.of("equal").withFusion("2")));
  }

  private JsonNode exampleJson() throws InfeasiblePlanException {
    PlannedRun planned = example();
    return PlanFile.of("vgg16", SavedPlan.of(planned.plan(), planned.request()));
  }

  private SavedPlan load(JsonNode json) throws JsonDefectException, IOException {
    Path file = folder.resolve("edited.json");
    Files.write(file, MAPPER.writeValueAsBytes(json));
    return PlanFile.read(file, "vgg16", SmallModels.vgg16(64));
  }

  private void refuses(Consumer<ObjectNode> edit, String... words) throws Exception {
    ObjectNode json = exampleJson().deepCopy();
    edit.accept(json);
    assertThatThrownBy(() -> load(json))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageStartingWith("The plan " + folder.resolve("edited.json") + ": ")
        .hasMessageContainingAll(words)
        .hasMessageContaining("Maybe");
  }

  private static ObjectNode output(ObjectNode json, int stage, int index) {
    return (ObjectNode) json.at("/stages/%d/outputs/%d".formatted(stage, index));
  }

  @Test
  void errorsNameTheField() throws Exception {
    refuses(json -> json.remove("head"), "head is missing");
    refuses(json -> json.put("haed", "A"), "haed is not known. Maybe \"head\"");
    refuses(json -> json.put("format", "x"), "format (x) is not edgeld-plan");
    refuses(json -> json.put("version", 2), "version (2) is no whole number from 1 to 1");
    refuses(
        json -> json.put("model", "vgg19"), "model (vgg19) is not vgg16", "choose the model vgg19");
    refuses(json -> json.putArray("inputShape").add(3).add(96).add(96), "is not the model's 3×64");
    refuses(json -> json.put("devices", "3"), "devices (\"3\") is no whole number");
    refuses(json -> json.put("devices", 2), "stages[0].outputs[2].device (C) is not known");
    refuses(json -> json.put("head", "D"), "head (D) is not known. Maybe");
    refuses(
        json -> json.put("routing", "pear"), "routing (\"pear\") is not a routing. Maybe \"peer\"");
    refuses(
        json -> ((ObjectNode) json.get("madeBy")).put("poolsOnHead", 0),
        "madeBy.poolsOnHead (0) is neither true nor false");
    refuses(json -> ((ObjectNode) json.get("madeBy")).put("seed", 0), "madeBy.seed is not known");
    refuses(
        json -> ((ObjectNode) json.at("/madeBy/options")).put("grid", 2),
        "madeBy.options.grid (2) is no text");
  }

  @Test
  void errorsNameTheStageAndItsOutput() throws Exception {
    refuses(
        json -> ((ArrayNode) json.at("/stages/1/layers")).set(0, json.get("model")),
        "stages[1].layers[0] (vgg16) should be pool1");
    refuses(json -> ((ArrayNode) json.get("stages")).remove(0), "stages[0].layers[0]", "conv1_1");
    refuses(
        json -> ((ArrayNode) json.get("stages")).remove(json.get("stages").size() - 1),
        "stages end before");
    refuses(
        json -> output(json, 0, 1).put("tensor", "conv1_1"),
        "stages[0].outputs[1].tensor (conv1_1) is not known. Maybe conv1_2");
    refuses(
        json -> output(json, 0, 1).putArray("rows").add(30).add(999),
        "stages[0].outputs[1].rows[1] (999) is no whole number from 0 to 64");
    refuses(
        json -> output(json, 0, 1).putArray("rows").add(30).add(30),
        "stages[0].outputs[1].rows ([30, 30]) is no half-open range");
    refuses(
        json -> output(json, 0, 1).putArray("rows").add(30),
        "stages[0].outputs[1].rows ([30]) is no list of 2 numbers");
    refuses(
        json -> output(json, 0, 0).putArray("rows").add(0).add(25),
        "stages[0].outputs do not cover",
        "twice");
    refuses(
        json -> output(json, 0, 0).putArray("rows").add(0).add(7),
        "stages[0].outputs do not cover",
        "leaves out");
    refuses(
        json -> output(json, 0, 0).put("weight", 1), "stages[0].outputs[0].weight is not known");
  }

  @Test
  void aMovedBoundaryIsPredictedLikeAnyOtherPlan() throws Exception {
    ObjectNode json = exampleJson().deepCopy();
    int end = json.at("/stages/0/outputs/0/rows/1").asInt();
    output(json, 0, 0).putArray("rows").add(0).add(end - 5);
    int last = json.at("/stages/0/outputs/1/rows/1").asInt();
    output(json, 0, 1).putArray("rows").add(end - 5).add(last);
    PlannedRun before = example();
    PlannedRun after = planner.predict(before.request(), load(json).plan(), JobMonitor.SILENT);

    assertThat(after.prediction().latencyNanos()).isGreaterThan(before.prediction().latencyNanos());
    assertThat(after.plan().stages().subList(1, after.plan().stages().size()))
        .isEqualTo(before.plan().stages().subList(1, before.plan().stages().size()));
  }

  @Test
  void aPlanForOtherDevicesOrAnotherHeadIsRefusedByThePlanner() throws Exception {
    PlannedRun planned = example();
    ModelGraph graph = planned.request().graph();
    PlanRequest two =
        SavedPlan.of(planned.plan(), planned.request())
            .request(SyntheticCluster.equal(graph, 2, 1e9, 1e9));

    assertThatThrownBy(() -> planner.predict(two, planned.plan(), JobMonitor.SILENT))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage("The plan is for 3 devices, but there are 2. Maybe use 3.");
  }

  @Test
  void noDamageGoesUnnoticedOrUnexplained() throws Exception {
    Random random = new Random(1);
    JsonNode original = exampleJson();
    PlannedRun planned = example();
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      ObjectNode json = original.deepCopy();
      damage(json, random);
      try {
        SavedPlan loaded = load(json);
        planner.predict(
            loaded.request(planned.request().profile()), loaded.plan(), JobMonitor.SILENT);
      } catch (JsonDefectException | InfeasiblePlanException e) {
        refused++;
        assertThat(e.getMessage()).contains("Maybe").doesNotContain("\n", "Exception");
      }
    }
    // some damage leaves a plan, such as another head role
    assertThat(refused).isGreaterThan(DAMAGES * 3 / 4);
  }

  private static void damage(ObjectNode json, Random random) {
    JsonNode place = json;
    while (true) {
      List<JsonNode> inner = new ArrayList<>();
      place.forEach(child -> inner.add(child));
      List<JsonNode> containers =
          inner.stream().filter(child -> child.isContainerNode() && !child.isEmpty()).toList();
      if (containers.isEmpty() || random.nextInt(4) == 0) {
        break;
      }
      place = containers.get(random.nextInt(containers.size()));
    }
    JsonNode[] values = {
      MAPPER.getNodeFactory().nullNode(),
      MAPPER.getNodeFactory().numberNode(random.nextInt(70) - 3),
      MAPPER.getNodeFactory().numberNode(0.5),
      MAPPER.getNodeFactory().textNode("A"),
      MAPPER.getNodeFactory().textNode("leader"),
      MAPPER.createArrayNode(),
      MAPPER.createObjectNode()
    };
    JsonNode value = values[random.nextInt(values.length)];
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (random.nextBoolean()) {
        object.remove(name);
      } else {
        object.set(name, value);
      }
    } else if (place instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(index);
        case 1 -> array.set(index, value);
        default -> array.insert(index, array.get(index).deepCopy());
      }
    }
  }

  @Test
  void whatIsNoJsonIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("x.json"), "{\n\"format\": }");
    ModelGraph graph = SmallModels.oddChain();

    assertThatThrownBy(() -> PlanFile.read(file, "net", graph))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageContaining("is no JSON in line 2")
        .hasMessageContaining("Maybe");
    Files.writeString(file, "[]");
    assertThatThrownBy(() -> PlanFile.read(file, "net", graph))
        .hasMessageContaining("does not begin with '{'");
    Files.writeString(file, "{\"format\": \"a\", \"format\": \"b\"}");
    assertThatThrownBy(() -> PlanFile.read(file, "net", graph))
        .hasMessageContaining("Duplicate field 'format'");
    assertThatThrownBy(() -> PlanFile.read(folder.resolve("none"), "net", graph))
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> PlanFile.read(folder, "net", graph))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageContaining("Maybe");
  }
}
