package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.edgeld.message.Emulation;
import org.edgeld.program.Precision;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.ui.doubles.ModelFiles;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class SpecReaderTest {
  @TempDir Path folder;

  private SweepSpec read(String json) throws Exception {
    Path file = folder.resolve("spec.json");
    Files.writeString(file, json.replace('\'', '"'));
    return Specs.reader(folder).read(file);
  }

  /** Fields in place of those of a sound specification; an empty value leaves the field out. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          models     | ['alexnett']               | models[0] ("alexnett") is not a model. Maybe "alexnet". Allowed: vgg11,
          models     | ['fashion', 7]             | models[1] (7) is neither a text nor an object. Maybe quotation marks are missing
          models     | []                         | models is empty
          models     | ['fashion', 'fashion']     | models[1] (fashion 28×28) is there twice
          models     | 'fashion'                  | models ("fashion") is no list
          models     |                            | models is missing
          models     | [{'model': 'vgg16', 'inputSizes': [64, 5]}] | models[0] (vgg16 5×5): The input size (5) is too small
          models     | [{'model': 'vgg16', 'inputSizes': [6.5]}]   | models[0].inputSizes[0] (6.5) is no whole number from 1 to
          models     | [{'model': 'vgg16', 'sizes': [64]}]         | models[0].sizes is not known. Maybe one of inputSizes, model.
          models     | [{'model': 'fashon'}]      | models[0].model ("fashon") is not a model. Maybe "fashion"
          models     | ['missing.onnx']           | models[0] (missing.onnx): Cannot read
          models     | [{'model': 'vgg16', 'inputSizes': []}] | models[0].inputSizes is empty
          inputSizes | [28, 28]                   | inputSizes[1] (28) is there twice
          inputSizes | []                         | inputSizes is empty. Maybe name one
          devices    | [2, 0]                     | devices[1] (0) is no whole number from 1 to 16
          devices    | [2, 2]                     | devices[1] (2) is there twice
          devices    | 3                          | devices (3) is no list
          devices    |                            | devices is missing
          cpuShares  | [35]                       | cpuShares[0] (35) is no number from 0.001 to 1
          linkMbps   | [0]                        | linkMbps[0] (0) is no number from 0.001 to
          linkMbps   | ['fast']                   | linkMbps[0] ("fast") is no number
          linkMbps   | [100, [1000, 0]]           | linkMbps[1][1] (0) is no number from 0.001 to
          linkMbps   | [[]]                       | linkMbps[0] is empty. Maybe name a number for each device, the head first
          linkMbps   | [[9, 8, 7, 6]]             | linkMbps[0] ([9.0, 8.0, 7.0, 6.0]) are 4 numbers for 3 devices. Maybe leave some out
          cpuShares  | [[0.2, 2]]                 | cpuShares[0][1] (2) is no number from 0.001 to 1
          cpuShares  | [0.2, [0.2, 0.2]]          | cpuShares[1] (0.2) is there twice
          cpuShares  | [[0.2, [0.1]]]             | cpuShares[0][1] ([0.1]) is no number from 0.001 to 1
          linkDelayMs| -1                         | linkDelayMs (-1) is no number from 0.0 to
          memoryMb   | 0                          | memoryMb (0) is no number from 1.0 to
          strategies | ['ocbp', 'bodp', 'ocpb']   | strategies[2] ("ocpb") is not a strategy or scheme. Maybe "ocbp". Allowed: single,
          strategies | ['ocbp', 'ocbp']           | strategies[1] (ocbp/between-pools/peer) divides as another element does
          strategies | []                         | strategies is empty
          strategies | [{'strategy': 'ocpb'}]     | strategies[0].strategy ("ocpb") is not a strategy. Maybe "ocbp"
          strategies | [{'strategy': 'ocbp', 'options': {'x': '1'}}] | strategies[0].options.x ("1"): The strategy ocbp has no options
          strategies | ['ocbp', 4]                | strategies[1] (4) is neither a text nor an object
          strategies | [{'strategy': 'ocbp', 'fuson': 'layer'}]  | strategies[0].fuson is not known. Maybe "fusion". Allowed: fusion, headRole, label, options, overlap, poolsOnHead, precision, routing, strategy.
          strategies | [{'strategy': 'ocbp', 'fusion': 'layr'}]    | strategies[0].fusion ("layr") is not a fusion rule. Maybe "layer"
          strategies | [{'strategy': 'ocbp', 'routing': 'per'}]    | strategies[0].routing ("per") is not a routing. Maybe "peer"
          strategies | [{'strategy': 'ocbp', 'headRole': 'boss'}]  | strategies[0].headRole ("boss") is not a role. Maybe one of worker, leader
          strategies | [{'strategy': 'ocbp', 'label': 'a'}, {'strategy': 'equal', 'label': 'a'}] | strategies[1] is called "a" as another element is
          fusion     | ['between-pool']           | fusion[0] ("between-pool") is not a fusion rule. Maybe "between-pools". Allowed: layer
          fusion     | ['0']                      | fusion[0] ("0") is not a fusion rule
          routing    | ['head', 'peers']          | routing[1] ("peers") is not a routing. Maybe "peer". Allowed: head, peer
          agents     | ['pi4']                    | agents[0] (pi4): "pi4" is not an agent's address
          agents     | ['pi4:7000']               | devices ([2, 3]) are more than the 1 agents
          batches    | [{'frames': 0}]            | batches[0].frames (0) is no whole number from 1 to
          batches    | [{'frames': 3, 'inFlight': 4}] | batches[0].inFlight (4) is no whole number from 1 to 3
          batches    | [{'frames': 3}, {'frames': 3}] | batches[1] (Batch[frames=3, inFlight=1]) is there twice
          repeats    | 0                          | repeats (0) is no whole number from 1 to
          rounds     | 0                          | rounds (0) is no whole number from 1 to 1000
          warmup     | -1                         | warmup (-1) is no whole number from 0 to
          timeLimitSeconds | 0                    | timeLimitSeconds (0) is no whole number from 1 to
          noiseFloor | 'yes'                      | noiseFloor ("yes") is neither true nor false
          convolutions | {'sizes': [7, 0]}        | convolutions.sizes[1] (0) is no whole number from 1 to 512
          convolutions | {'channels': [32, 32]}   | convolutions.channels[1] (32) is there twice
          convolutions | {'seconds': 0}           | convolutions.seconds (0) is no whole number from 1 to
          convolutions | {'size': [7]}            | convolutions.size is not known. Maybe "sizes". Allowed: channels, seconds, sizes.
          seed       | 1.5                        | seed (1.5) is no whole number of at least 0
          strategy   | ['ocbp']                   | strategy is not known. Maybe "strategies". Allowed: agents, batches, convolutions, coolDownMs,
          qqqqqqqqqq | 1                          | qqqqqqqqqq is not known. Maybe one of agents, batches, convolutions, coolDownMs,
          """)
  void refusesAnInvalidSpecificationWithPathAndAllowedValues(
      String field, String value, String words) {
    Map<String, String> fields = new java.util.LinkedHashMap<>();
    fields.put("models", "['fashion']");
    fields.put("devices", "[2, 3]");
    fields.put("strategies", "['ocbp']");
    fields.put(field, value);
    if (value == null) {
      fields.remove(field);
    }
    String json =
        fields.entrySet().stream()
            .map(entry -> "'%s': %s".formatted(entry.getKey(), entry.getValue()))
            .collect(java.util.stream.Collectors.joining(", ", "{", "}"));
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageStartingWith("The sweep " + folder.resolve("spec.json") + ": " + words);
  }

  @Test
  void agentsAndEmulationExcludeEachOther() {
    assertThatThrownBy(
            () ->
                read(
                    "{'models': ['fashion'], 'devices': [1], 'strategies': ['ocbp'],"
                        + " 'agents': ['pi4:7000'], 'linkMbps': [100]}"))
        .hasMessageContaining("linkMbps emulates, but agents are named");
  }

  @Test
  void whatIsLeftOutHasItsStandardValue() throws Exception {
    SweepSpec spec = read("{'models': ['vgg16'], 'devices': [2], 'strategies': ['ocbp']}");
    assertThat(spec)
        .isEqualTo(
            new SweepSpec(
                "Sweep",
                List.of(),
                List.of(
                    new SweepSpec.Grid(
                        List.of(new Network("vgg16", 224)),
                        List.of(2),
                        List.of(Boards.REAL),
                        List.of(new NamedMethod("ocbp", Method.of("ocbp"))),
                        List.of(Batch.ONE))),
                true,
                new SweepSpec.Procedure(2, 10, 1, 1, 0, 300)));
  }

  @Test
  void everyStrategyMeetsEveryFusionAndRoutingButASchemeSaysAll() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [2], 'fusion': ['layer', '3'],"
                + " 'routing': ['head', 'peer'], 'strategies': ['ocbp', 'edgeld',"
                + " {'strategy': 'equal', 'fusion': 'between-pools', 'label': 'mine'}]}");
    assertThat(spec.grids().get(0).methods())
        .extracting(NamedMethod::label)
        .containsExactly(
            "ocbp/layer/head",
            "ocbp/layer/peer",
            "ocbp/3/head",
            "ocbp/3/peer",
            "edgeld",
            "mine/between-pools/head",
            "mine/between-pools/peer");
    assertThat(spec.grids().get(0).methods().get(4).method().poolsOnHead()).isTrue();
  }

  @Test
  void aSpecificationWrittenAndReadAgainIsEqual() throws Exception {
    SweepSpec spec =
        read(
            "{'name': 'all', 'models': ['fashion', {'model': 'vgg16', 'inputSizes': [64, 96]}],"
                + " 'devices': [1, 2], 'cpuShares': [0.1, 0.25], 'linkMbps': [10, 12.5],"
                + " 'linkDelayMs': 0.5, 'memoryMb': 512, 'strategies': ['edgeld', 'ocbp'],"
                + " 'headRole': 'leader', 'seed': 9000000000, 'coolDownMs': 20, 'rounds': 3,"
                + " 'convolutions': {'sizes': [7, 14], 'seconds': 3},"
                + " 'noiseFloor': false}");
    assertThat(read(SpecJson.of(spec).toString())).isEqualTo(spec);
    SweepSpec unequal =
        read(
            "{'models': ['fashion'], 'devices': [2, 4], 'cpuShares': [0.2, [0.2, 0.1]],"
                + " 'linkMbps': [[1000, 700, 400, 100], 100], 'strategies': ['ocbp']}");
    assertThat(read(SpecJson.of(unequal).toString())).isEqualTo(unequal);
    SweepSpec mixed =
        read(
            "{'models': [{'model': 'vgg16', 'inputSizes': [64]}, 'fashion',"
                + " {'model': 'vgg16', 'inputSizes': [96]}], 'devices': [2],"
                + " 'strategies': ['ocbp']}");
    assertThat(read(SpecJson.of(mixed).toString())).isEqualTo(mixed);
    Path file = ModelFiles.classifier(folder.resolve("mine.onnx"), 32, 24);
    SweepSpec ownSize =
        read("{'models': ['" + file + "'], 'devices': [2], 'strategies': ['ocbp']}");
    assertThat(read(SpecJson.of(ownSize).toString())).isEqualTo(ownSize);
    SweepSpec boards =
        read(
            "{'models': ['fashion'], 'devices': [2], 'strategies': ['ocbp'],"
                + " 'agents': ['a:1', 'b:2']}");
    assertThat(read(new ObjectMapper().writeValueAsString(SpecJson.of(boards)))).isEqualTo(boards);
  }

  /** As a sweep's folder has it that was begun before overlap could be chosen. */
  @Test
  void aSpecificationOfAnEarlierWorkbenchMeansTheSame() throws Exception {
    SweepSpec earlier =
        read(
            "{'name': 'then', 'grids': [{'models': [{'model': 'fashion', 'inputSizes': [28]}],"
                + " 'devices': [2], 'cpuShares': [0.2], 'linkDelayMs': 0.0,"
                + " 'batches': [{'frames': 1, 'inFlight': 1}], 'strategies': ["
                + "{'label': 'mine', 'strategy': 'ftp', 'options': {'grid': '2x2'},"
                + " 'fusion': 'layer', 'routing': 'head', 'headRole': 'leader',"
                + " 'poolsOnHead': true, 'precision': 'int8'}]}], 'noiseFloor': true, 'warmup': 2,"
                + " 'repeats': 10, 'rounds': 1, 'seed': 1, 'coolDownMs': 0,"
                + " 'timeLimitSeconds': 300}");
    assertThat(earlier.grids().get(0).methods())
        .containsExactly(
            new NamedMethod(
                "mine",
                new Method(
                    "ftp",
                    Map.of("grid", "2x2"),
                    "layer",
                    true,
                    Routing.HEAD,
                    HeadRole.LEADER,
                    Overlap.OFF,
                    Precision.INT8)));
    assertThat(read(SpecJson.of(earlier).toString())).isEqualTo(earlier);
  }

  @Test
  void unequalDevicesAreDealtTheirSharesAndLinksInTurnTheHeadFirst() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [4], 'cpuShares': [[0.2, 0.1]],"
                + " 'linkMbps': [[1000, 700, 400]], 'strategies': ['ocbp']}");
    Boards boards = spec.boards().get(0);
    assertThat(boards.cluster(4).emulations())
        .containsExactly(
            new Emulation(0.2, 1_000_000_000, 0, 0),
            new Emulation(0.1, 700_000_000, 0, 0),
            new Emulation(0.2, 400_000_000, 0, 0),
            new Emulation(0.1, 1_000_000_000, 0, 0));
    assertThat(spec.configurations().get(0))
        .hasToString("fashion 28×28, 4 devices, share 0.2/0.1, 1000/700/400 Mbit/s, ocbp");
    assertThat(boards.fileName()).isEqualTo("share0.2_0.1-1000_700_400mbps");
    assertThat(new Boards(0.2, 100, 5, 512).sharesInWords()).isEqualTo("0.2, 5 ms delay, 512 MB");
  }

  @Test
  void whatAStrategyDoesNotLookAtMakesNoFurtherMethod() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [2], 'fusion': ['layer', 'between-pools'],"
                + " 'routing': ['head', 'peer'], 'strategies': ['single', 'joint', 'equal']}");
    assertThat(spec.grids().get(0).methods())
        .extracting(NamedMethod::label)
        .containsExactly(
            "single",
            "joint/head",
            "joint/peer",
            "equal/layer/head",
            "equal/layer/peer",
            "equal/between-pools/head",
            "equal/between-pools/peer");
  }

  @Test
  void methodsAreCalledByWhatTheyDifferIn() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [2], 'fusion': ['layer', 'between-pools'],"
                + " 'strategies': ['single', 'joint', 'equal']}");
    assertThat(spec.grids().get(0).methods())
        .extracting(NamedMethod::label)
        .containsExactly("single", "joint", "equal/layer", "equal/between-pools");
  }

  @Test
  void whatTwoGridsHaveInCommonIsMeasuredOnce() throws Exception {
    SweepSpec spec =
        read(
            "{'grids': [{'models': ['fashion'], 'devices': [2, 3], 'strategies': ['ocbp']},"
                + " {'models': ['fashion'], 'devices': [3], 'strategies': ["
                + "{'strategy': 'ocbp', 'label': 'other'}, 'equal']}]}");
    assertThat(spec.configurations())
        .extracting(c -> c.number() + " " + c.devices() + " " + c.label())
        .containsExactly("0 2 ocbp", "1 3 ocbp", "2 3 equal");
    assertThat(read(SpecJson.of(spec).toString())).isEqualTo(spec);
    assertThatThrownBy(
            () ->
                read(
                    "{'grids': [{'models': ['fashion'], 'devices': [2], 'strategies': ['ocbp']},"
                        + " {'models': ['fashion'], 'devices': [2], 'strategies': ['ocpb']}]}"))
        .hasMessageContaining("grids[1].strategies[0] (\"ocpb\") is not a strategy");
    assertThatThrownBy(
            () ->
                read(
                    "{'devices': [2], 'grids': [{'models': ['fashion'], 'devices': [2],"
                        + " 'strategies': ['ocbp']}]}"))
        .hasMessageContaining("devices is not known");
  }

  @Test
  void precisionsAreCrossedWithAllStrategiesAndSchemes() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [2], 'precision': ['float32', 'int8'],"
                + " 'strategies': ['equal', 'edgeld',"
                + " {'strategy': 'ocbp', 'precision': 'float16'}]}");
    assertThat(spec.grids().get(0).methods())
        .extracting(NamedMethod::label, named -> named.method().precision())
        .containsExactly(
            tuple("equal/float32", Precision.FLOAT32),
            tuple("equal/int8", Precision.INT8),
            tuple("edgeld/float32", Precision.FLOAT32),
            tuple("edgeld/int8", Precision.INT8),
            tuple("ocbp/float16", Precision.FLOAT16));
    assertThat(spec.configurations()).hasSize(5);
    assertThat(read(SpecJson.of(spec).toString())).isEqualTo(spec);
    assertThatThrownBy(
            () ->
                read(
                    "{'models': ['fashion'], 'devices': [2], 'precision': ['float23'],"
                        + " 'strategies': ['equal']}"))
        .hasMessageContaining(
            "precision[0] (\"float23\") is not a precision. Maybe \"float32\". Allowed: float32,"
                + " float16, int8, lossless");
  }

  @Test
  void overlapsAreCrossedWithStrategiesThatHaveStripsToCut() throws Exception {
    SweepSpec spec =
        read(
            "{'models': ['fashion'], 'devices': [2], 'overlap': ['auto', 'off'],"
                + " 'strategies': ['equal', 'single', 'edgeld',"
                + " {'strategy': 'ocbp', 'overlap': 'on'},"
                + " {'strategy': 'bodp', 'label': 'mine'}]}");
    assertThat(spec.grids().get(0).methods())
        .extracting(NamedMethod::label, named -> named.method().overlap())
        .containsExactly(
            tuple("equal/overlap-auto", Overlap.AUTO),
            tuple("equal/overlap-off", Overlap.OFF),
            tuple("single/overlap-auto", Overlap.AUTO),
            tuple("edgeld", Overlap.OFF),
            tuple("ocbp/overlap-on", Overlap.ON),
            tuple("mine/overlap-auto", Overlap.AUTO),
            tuple("mine/overlap-off", Overlap.OFF));
    assertThat(read(SpecJson.of(spec).toString())).isEqualTo(spec);
    SweepSpec alone =
        read(
            "{'models': ['fashion'], 'devices': [2], 'overlap': ['auto'],"
                + " 'strategies': ['equal']}");
    assertThat(alone.grids().get(0).methods())
        .as("what all have in common is not said")
        .containsExactly(new NamedMethod("equal", Method.of("equal").with(Overlap.AUTO)));
    assertThatThrownBy(
            () ->
                read(
                    "{'models': ['fashion'], 'devices': [2], 'overlap': ['aut'],"
                        + " 'strategies': ['equal']}"))
        .hasMessageContaining(
            "overlap[0] (\"aut\") is not a choice of overlap. Maybe \"auto\". Allowed: auto, on,"
                + " off");
  }

  @Test
  void gridsChooseAmongTheAgentsOfTheSweep() throws Exception {
    String grids =
        "{'agents': ['a:1', 'b:2', 'c:3'], 'grids': [{'models': ['fashion'], 'devices': [2],"
            + " 'strategies': ['equal'], 'agents': [%s]}, {'models': ['fashion'],"
            + " 'devices': [2, 3], 'strategies': ['equal']}]}";
    SweepSpec spec = read(grids.formatted("'c:3', 'a:1'"));
    assertThat(spec.configurations())
        .extracting(Configuration::devicesInWords)
        .containsExactly("2: c:3 a:1", "2", "3");
    Boards chosen = spec.configurations().get(0).boards();
    assertThat(spec.agents(chosen)).containsExactly("c:3", "a:1");
    assertThat(spec.clusterSize(chosen)).isEqualTo(2);
    assertThat(spec.clusterSize(Boards.REAL)).isEqualTo(3);
    assertThat(chosen.fileName()).isNotEqualTo(Boards.REAL.fileName()).doesNotContain(":");
    assertThat(read(SpecJson.of(spec).toString())).isEqualTo(spec);
    assertThat(read(grids.formatted("'a:1', 'b:2', 'c:3'")).boards()).containsExactly(Boards.REAL);
    assertThatThrownBy(() -> read(grids.formatted("'c:3', 'd:4'")))
        .hasMessageContaining("grids[0].agents[1] (\"d:4\") is not one of the agents")
        .hasMessageContaining("a:1, b:2, c:3");
    assertThatThrownBy(() -> read(grids.formatted("'c:3'")))
        .hasMessageContaining("grids[0].devices ([2]) are more than the 1 agents");
    assertThatThrownBy(() -> read(grids.formatted("'c:3'").replaceFirst("'agents'.*?], ", "")))
        .hasMessageContaining("grids[0].agents chooses among the agents of the sweep, but");
  }
}
