package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.ElementStore;
import org.edgeld.workbench.fixture.NaiveExecutor;
import org.edgeld.workbench.fixture.ProgramInterpreter;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("core")
class FtpSplitTest {
  private static final ModelGraph VGG16 = SmallModels.vgg16(160);
  private static final double FAST = 1e9;
  private static final Pattern NEAREST = Pattern.compile("Maybe grid=(\\d+x\\d+)[.,]");

  static Stream<ModelGraph> models() {
    return SmallModels.all().stream();
  }

  private static double[] equal(int devices) {
    double[] rates = new double[devices];
    Arrays.fill(rates, FAST);
    return rates;
  }

  private static PlannedRun plan(double[] rates, String grid, String overlap) throws Exception {
    PlanRequest request = Contexts.request(VGG16, rates, 1e9, "between-pools");
    return Contexts.plan(request, "ftp", Map.of("grid", grid, "overlap", overlap));
  }

  private static List<Step.Compute> computes(ProgramSet programs) {
    return programs.programs().stream()
        .map(DeviceProgram::steps)
        .flatMap(List::stream)
        .filter(Step.Compute.class::isInstance)
        .map(Step.Compute.class::cast)
        .toList();
  }

  private static long flops(ProgramSet programs) {
    ModelGraph graph = programs.graph();
    return computes(programs).stream()
        .map(step -> BlockTile.of(graph, graph.shapes(), step.block(), step.outputs()))
        .mapToLong(tile -> tile.flops(graph, graph.shapes()))
        .sum();
  }

  @Test
  void aGridCutsTheLastOutputOfABlockIntoEqualTiles() throws Exception {
    Stage first = plan(equal(6), "2x3", "recompute").plan().stages().get(0);
    List<Range> columns = List.of(new Range(0, 27), new Range(27, 53), new Range(53, 80));
    List<Region> tiles = new ArrayList<>();
    for (Range rows : List.of(Range.upTo(40), new Range(40, 80))) {
      columns.forEach(some -> tiles.add(new Region(Range.upTo(64), rows, some)));
    }
    assertThat(first.outputs()).allSatisfy(slices -> assertThat(slices).hasSize(1));
    assertThat(first.outputs().stream().flatMap(List::stream).map(Slice::region))
        .containsExactlyInAnyOrderElementsOf(tiles);
  }

  @ParameterizedTest
  @MethodSource("models")
  void anyGridWithAnyOverlapYieldsTheUndividedOutputOrNamesOneThatDoes(ModelGraph graph)
      throws Exception {
    NaiveExecutor executor = new NaiveExecutor(graph);
    ElementStore expected = executor.randomInput(1);
    executor.runWhole(expected);
    Random random = new Random(graph.name().hashCode());
    int feasible = 0;
    for (int trial = 0; trial < 12; trial++) {
      double[] rates = random.doubles(1 + random.nextInt(4), 1e6, 1e7).toArray();
      String fusion = List.of("layer", "2", "between-pools").get(random.nextInt(3));
      PlanRequest request = Contexts.request(graph, rates, 1e8, fusion);
      String grid = "%dx%d".formatted(1 + random.nextInt(5), 1 + random.nextInt(5));
      String overlap = random.nextBoolean() ? "reuse" : "recompute";
      ProgramSet programs;
      try {
        programs = programs(request, grid, overlap);
      } catch (InfeasiblePlanException e) {
        // what is only padding would have to be computed by a device that nobody sends anything
        assertThat(e).hasMessageContaining("depends on no input");
        continue;
      }
      feasible++;
      ElementStore actual = new ProgramInterpreter(programs, executor).run(executor.randomInput(1));
      for (TensorId output : graph.outputs()) {
        assertThat(actual.all(output)).as("%s %s", grid, overlap).isEqualTo(expected.all(output));
      }
    }
    assertThat(feasible).isGreaterThan(6);
  }

  private static ProgramSet programs(PlanRequest request, String grid, String overlap)
      throws InfeasiblePlanException {
    try {
      return Contexts.plan(request, "ftp", Map.of("grid", grid, "overlap", overlap)).programs();
    } catch (InfeasiblePlanException e) {
      Matcher nearest = NEAREST.matcher(e.getMessage());
      if (!nearest.find()) {
        throw e;
      }
      assertThat(nearest.group(1)).isNotEqualTo(grid);
      Map<String, String> options = Map.of("grid", nearest.group(1), "overlap", overlap);
      return Contexts.plan(request, "ftp", options).programs();
    }
  }

  @Test
  void moreTilesThanDevicesAreDealtOutBySpeedAndComputedOneByOne() throws Exception {
    PlannedRun run = plan(new double[] {2 * FAST, FAST}, "3x3", "recompute");
    Stage first = run.plan().stages().get(0);
    assertThat(first.outputs().get(0)).hasSize(6);
    assertThat(first.outputs().get(1)).hasSize(3);
    assertThat(computes(run.programs()).stream().filter(s -> s.block().equals(first.block())))
        .hasSize(9)
        .allSatisfy(step -> assertThat(step.outputs()).hasSize(1));
  }

  @Test
  void aDeviceNeedsTheMemoryOfOneTile() throws Exception {
    long whole = plan(equal(1), "1x1", "recompute").memoryBytes().get(0);
    long tiled = plan(equal(1), "2x2", "recompute").memoryBytes().get(0);
    assertThat(tiled).isLessThan(whole);
  }

  @Test
  void theNextTileArrivesWhileOneIsComputed() throws Exception {
    List<Step> steps =
        plan(equal(2), "2x2", "recompute").programs().of(new DeviceId(1)).steps().stream()
            .filter(step -> step instanceof Step.Receive || step instanceof Step.Compute)
            .limit(4)
            .toList();
    assertThat(steps.get(0)).isInstanceOf(Step.Receive.class);
    assertThat(steps.get(1)).isInstanceOf(Step.Compute.class);
    assertThat(steps.get(2)).isInstanceOf(Step.Receive.class);
    assertThat(steps.get(3)).isInstanceOf(Step.Compute.class);
  }

  @Test
  void reuseComputesNothingTwiceAndSendsItInstead() throws Exception {
    ProgramSet whole = plan(equal(1), "1x1", "recompute").programs();
    ProgramSet recomputed = plan(equal(4), "2x2", "recompute").programs();
    ProgramSet reused = plan(equal(4), "2x2", "reuse").programs();
    assertThat(flops(reused)).isEqualTo(flops(whole));
    assertThat(flops(recomputed)).isGreaterThan(flops(whole));
    assertThat(reused.bytesMoved()).isGreaterThan(recomputed.bytesMoved());
    // pools read what lies under their tile: 13 convolutions are stages, the linear layers another
    assertThat(plan(equal(4), "2x2", "reuse").plan().stages()).hasSize(14);
  }

  @Test
  void poolsThatLeaveTooFewRowsForTheGridAreBlocksOfTheirOwn() throws Exception {
    List<String> blocks =
        plan(equal(6), "6x1", "recompute").plan().stages().stream()
            .map(stage -> stage.block().label(VGG16))
            .toList();
    assertThat(blocks).contains("conv4_1–pool4", "conv5_1–conv5_3", "pool5");
  }

  @Test
  void autoIsNoSlowerThanATileForEachDevice() throws Exception {
    for (double mbps : new double[] {10, 100, 1000}) {
      PlanRequest request = Contexts.request(VGG16, equal(4), mbps * 1e6, "between-pools");
      long auto = Contexts.plan(request, "ftp", Map.of()).prediction().latencyNanos();
      long square =
          Contexts.plan(request, "ftp", Map.of("grid", "2x2")).prediction().latencyNanos();
      assertThat(auto).as("%s Mbit/s", mbps).isLessThanOrEqualTo(square);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3by3  | "3by3" is not a grid of rows x columns. Maybe grid=2x2, or auto.
          0x3   | "0x3" is not a grid of rows x columns. Maybe grid=2x2, or auto.
          17x2  | The grid 17x2 has more than 16 tiles along one side. Maybe grid=10x2.
          11x2  | The grid 11x2 is too fine for the block conv5_1–conv5_3, whose output is 10x10. Maybe grid=10x2.
          1x16  | The grid 1x16 is too fine for the block conv5_1–conv5_3, whose output is 10x10. Maybe grid=1x10.
          """)
  void gridsThatCannotBeAreRefusedWithOneThatCan(String grid, String sentence) {
    assertThatThrownBy(() -> plan(equal(4), grid, "recompute"))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(sentence);
  }
}
