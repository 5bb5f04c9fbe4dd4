package org.edgeld.workbench.profilefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profile.StepOverhead;
import org.edgeld.workbench.profile.TileTime;
import org.edgeld.workbench.results.JsonFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class ProfileFileTest {
  private static final ModelGraph GRAPH = SmallModels.oddChain();

  @TempDir Path folder;

  private static ClusterProfile profile() {
    DeviceProfile any = SyntheticCluster.device(GRAPH, "any", 1e9, Emulation.NONE);
    List<DeviceProfile> devices =
        List.of("pi-1", "pi-2").stream()
            .map(
                name ->
                    new DeviceProfile(
                        MeasuredRuns.agent(name),
                        any.layers(),
                        new StepOverhead(1234),
                        new Regression(1e-9, -2e-3, List.of(new Regression.Point(7, 0.5))),
                        List.of(step())))
            .toList();
    LinkEstimate there = new LinkEstimate(1000, 20, 8e6);
    LinkEstimate back = new LinkEstimate(2000, 30, 9e6);
    return new ClusterProfile(
        devices,
        List.of(List.of(LinkEstimate.SELF, there), List.of(back, LinkEstimate.SELF)),
        List.of(new InterfaceEstimate(3e7, 2e7), InterfaceEstimate.UNKNOWN));
  }

  /** Part of what the first two layers yield, as a plan might have it. */
  private static TileTime step() {
    TensorId tensor = new TensorId(2);
    TensorShape shape = GRAPH.shapes().get(2);
    Slice upper = new Slice(tensor, Region.rows(shape, new Range(0, shape.height() / 2)));
    return new TileTime(new Block(0, 2), List.of(upper), 4321);
  }

  private Path file(Consumer<ObjectNode> change) throws Exception {
    ObjectNode json = ProfileFile.of("odd", GRAPH, profile());
    change.accept(json);
    Path file = folder.resolve("profile.json");
    JsonFile.write(file, json);
    return file;
  }

  @Test
  void aProfileComesBackAsItWasMeasured() throws Exception {
    Path file = folder.resolve("saved.json");
    ProfileFile.write(file, "odd", GRAPH, profile());
    ClusterProfile back = ProfileFile.read(file, "odd", GRAPH);
    assertThat(back.links()).isEqualTo(profile().links());
    assertThat(back.interfaces().get(0)).isEqualTo(new InterfaceEstimate(3e7, 2e7));
    for (int i = 0; i < 2; i++) {
      DeviceProfile device = back.devices().get(i);
      DeviceProfile measured = profile().devices().get(i);
      assertThat(device.layers()).isEqualTo(measured.layers());
      assertThat(device.overhead()).isEqualTo(measured.overhead());
      assertThat(device.regression()).isEqualTo(measured.regression());
      assertThat(device.tiles()).isEqualTo(measured.tiles());
      assertThat(device.info().name()).isEqualTo(measured.info().name());
      assertThat(device.info().emulation()).isEqualTo(measured.info().emulation());
    }
  }

  @Test
  void interfacesThatAFileDoesNotTellAreAsEmulatedOrNotKnown() throws Exception {
    Path file =
        file(
            json -> {
              device(json, 0).remove("interface");
              emulation(json, 0).put("linkBitsPerSecond", 50_000_000);
              device(json, 1).remove("interface");
              emulation(json, 1).put("linkBitsPerSecond", 0);
            });
    assertThat(ProfileFile.read(file, "odd", GRAPH).interfaces())
        .containsExactly(InterfaceEstimate.both(5e7), InterfaceEstimate.UNKNOWN);
    refuses(
        json -> ((ObjectNode) device(json, 0).get("interface")).put("incomingBitsPerSecond", 1),
        "devices[0].interface.incomingBitsPerSecond (1.0) is below 1 kbit/s");
    refuses(
        json -> ((ObjectNode) device(json, 0).get("interface")).remove("outgoingBitsPerSecond"),
        "devices[0].interface.outgoingBitsPerSecond is missing");
  }

  private static ObjectNode emulation(ObjectNode json, int index) {
    return (ObjectNode) device(json, index).get("agent").get("emulation");
  }

  private void refuses(Consumer<ObjectNode> change, String... words) throws Exception {
    Path file = file(change);
    assertThatThrownBy(() -> ProfileFile.read(file, "odd", GRAPH))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageContainingAll(words);
  }

  private static ObjectNode device(ObjectNode json, int index) {
    return (ObjectNode) json.get("devices").get(index);
  }

  private static ObjectNode layer(ObjectNode json, int index) {
    return (ObjectNode) device(json, 1).get("layers").get(index);
  }

  @Test
  void defectsAreNamedByTheirPlace() throws Exception {
    refuses(json -> json.put("format", "edgeld-plan"), "format (edgeld-plan)");
    refuses(json -> json.put("version", 1), "version (1)");
    refuses(json -> json.put("extra", 2), "extra is not known");
    refuses(json -> device(json, 0).remove("layers"), "devices[0].layers is missing");
    refuses(
        json -> device(json, 1).put("stepOverheadNanos", -1), "devices[1].stepOverheadNanos (-1)");
    refuses(
        json -> ((ArrayNode) layer(json, 2).get("samples").get(0)).set(3, "soon"),
        "devices[1].layers[2].samples[0][3] (\"soon\")");
    refuses(
        json -> ((ArrayNode) layer(json, 2).get("samples")).remove(0),
        "devices[1].layers[2].samples cannot be used",
        "whole output");
    refuses(
        json -> ((ObjectNode) json.get("links").get(1)).put("bitsPerSecond", 0),
        "links[1].bitsPerSecond (0.0) is below 1 kbit/s");
    refuses(
        json -> ((ObjectNode) json.get("links").get(1)).put("bitsPerSecond", 1e-300),
        "links[1].bitsPerSecond (1.0E-300) is below 1 kbit/s");
    refuses(json -> ((ArrayNode) json.get("links")).remove(1), "links are 1, but 2 devices have 2");
    refuses(
        json -> ((ObjectNode) device(json, 0).get("agent").get("emulation")).put("cpuShare", 2),
        "devices[0].agent.emulation.cpuShare (2)");
  }

  @Test
  void stepsThatTheModelDoesNotHaveAreRefused() throws Exception {
    refuses(json -> step(json).put("nanos", -1), "devices[0].steps[0].nanos (-1)");
    refuses(json -> step(json).putArray("layers").add(2).add(2), "layers ([2, 2])");
    refuses(json -> step(json).putArray("outputs"), "devices[0].steps[0].outputs are empty");
    refuses(json -> numbers(json).set(0, 1), "are not what these layers yield");
    refuses(json -> numbers(json).set(2, 1 << 20), "lie outside the model");
  }

  private static ObjectNode step(ObjectNode json) {
    return (ObjectNode) device(json, 0).get("steps").get(0);
  }

  private static ArrayNode numbers(ObjectNode json) {
    return (ArrayNode) step(json).get("outputs").get(0);
  }

  @Test
  void profilesOfOtherModelsAreRefused() throws Exception {
    refuses(
        json -> json.put("model", "vgg16"), "model (vgg16) is not odd", "choose the model vgg16");
    refuses(json -> ((ArrayNode) json.get("inputShape")).set(1, 8), "inputShape");
    refuses(json -> layer(json, 1).put("layer", "other"), "devices[1].layers[1].layer (other)");
    refuses(
        json -> ((ArrayNode) layer(json, 1).get("outputShape")).set(1, 99),
        "devices[1].layers[1].outputShape");
    refuses(json -> ((ArrayNode) device(json, 0).get("layers")).remove(0), "devices[0].layers are");
  }

  @Test
  void agentsAreFoundByWhatTheyAreInAnyOrder() {
    List<AgentInfo> agents = List.of(MeasuredRuns.agent("pi-2"), MeasuredRuns.agent("pi-1"));
    ClusterProfile part = ProfileMatch.part(profile(), agents).orElseThrow();
    assertThat(part.devices().stream().map(device -> device.info().name()))
        .containsExactly("pi-2", "pi-1");
    assertThat(part.links().get(0).get(1)).isEqualTo(profile().links().get(1).get(0));
    assertThat(ProfileMatch.part(profile(), List.of(MeasuredRuns.agent("pi-2")))).isPresent();
  }

  @Test
  void otherAgentsOrOtherEmulationAreNotFound() {
    assertThat(ProfileMatch.part(profile(), List.of(MeasuredRuns.agent("pi-3")))).isEmpty();
    AgentInfo known = MeasuredRuns.agent("pi-1");
    assertThat(ProfileMatch.part(profile(), List.of(known, known))).isEmpty();
    AgentInfo faster =
        new AgentInfo(
            known.agentId(),
            known.name(),
            known.version(),
            known.protocolVersion(),
            known.controlPort(),
            known.dataPort(),
            known.processor(),
            known.architecture(),
            known.cores(),
            known.threads(),
            known.memoryBytes(),
            known.engine(),
            Emulation.NONE,
            false);
    assertThat(ProfileMatch.part(profile(), List.of(faster))).isEmpty();
  }
}
