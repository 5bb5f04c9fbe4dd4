package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class PlanCompilerTest {
  private static final ModelGraph GRAPH = SmallModels.convolutionsOnly();
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private static final Block FIRST = new Block(0, 1);
  private static final Block REST = new Block(1, 3);

  private final PlanCompiler compiler = new PlanCompiler();

  private static Slice rows(int tensor, int start, int end) {
    return Slice.rows(new TensorId(tensor), GRAPH.shapes().get(tensor), new Range(start, end));
  }

  /**
   * Rows of the first convolution's output, as the next reads them: its last column is not used.
   */
  private static Slice used(int start, int end) {
    Slice rows = rows(1, start, end);
    return new Slice(rows.tensor(), rows.region().with(Axis.COLUMNS, new Range(0, 4)));
  }

  private static Plan plan(Routing routing, List<Stage> stages) {
    return new Plan(GRAPH, 2, A, routing, stages);
  }

  private static Stage stage(Block block, Range ofA, Range ofB) {
    return Stage.rows(GRAPH, GRAPH.shapes(), block, List.of(ofA, ofB));
  }

  private static Stage alone(Block block, DeviceId device) {
    return Stage.on(GRAPH, GRAPH.shapes(), block, device, 2);
  }

  private static Plan halves(Routing routing) {
    return plan(
        routing,
        List.of(
            stage(FIRST, new Range(0, 12), new Range(12, 23)),
            stage(REST, new Range(0, 6), new Range(6, 11))));
  }

  @Test
  void peersExchangeJustTheMissingRows() {
    ProgramSet programs = compiler.compile(halves(Routing.PEER));
    assertThat(programs.of(A).steps())
        .containsExactly(
            new Step.Send(rows(0, 9, 23), B),
            new Step.Compute(FIRST, List.of(rows(1, 0, 12))),
            new Step.Release(TensorId.INPUT),
            new Step.Send(used(10, 12), B),
            new Step.Receive(used(12, 14), B),
            new Step.Compute(REST, List.of(rows(3, 0, 6))),
            new Step.Release(new TensorId(1)),
            new Step.Receive(rows(3, 6, 11), B));
    assertThat(programs.of(B).steps())
        .containsExactly(
            new Step.Receive(rows(0, 9, 23), A),
            new Step.Compute(FIRST, List.of(rows(1, 12, 23))),
            new Step.Release(TensorId.INPUT),
            new Step.Send(used(12, 14), A),
            new Step.Receive(used(10, 12), A),
            new Step.Compute(REST, List.of(rows(3, 6, 11))),
            new Step.Release(new TensorId(1)),
            new Step.Send(rows(3, 6, 11), A),
            new Step.Release(new TensorId(3)));
  }

  @Test
  void throughTheHeadWholeStripsComeAndAllNeededRowsGo() {
    ProgramSet programs = compiler.compile(halves(Routing.HEAD));
    assertThat(programs.of(A).steps())
        .containsExactly(
            new Step.Send(rows(0, 9, 23), B),
            new Step.Compute(FIRST, List.of(rows(1, 0, 12))),
            new Step.Release(TensorId.INPUT),
            new Step.Receive(rows(1, 12, 23), B),
            new Step.Send(used(10, 22), B),
            new Step.Compute(REST, List.of(rows(3, 0, 6))),
            new Step.Release(new TensorId(1)),
            new Step.Receive(rows(3, 6, 11), B));
    assertThat(programs.of(B).steps())
        .containsExactly(
            new Step.Receive(rows(0, 9, 23), A),
            new Step.Compute(FIRST, List.of(rows(1, 12, 23))),
            new Step.Release(TensorId.INPUT),
            new Step.Send(rows(1, 12, 23), A),
            new Step.Release(new TensorId(1)),
            new Step.Receive(used(10, 22), A),
            new Step.Compute(REST, List.of(rows(3, 6, 11))),
            new Step.Release(new TensorId(1)),
            new Step.Send(rows(3, 6, 11), A),
            new Step.Release(new TensorId(3)));
  }

  @Test
  void aTensorStaysOnTheSoleDeviceThatGoesOnWithIt() {
    for (Routing routing : Routing.values()) {
      ProgramSet programs =
          compiler.compile(plan(routing, List.of(alone(FIRST, B), alone(REST, B))));
      assertThat(programs.of(B).steps())
          .containsExactly(
              new Step.Receive(rows(0, 0, 23), A),
              new Step.Compute(FIRST, List.of(rows(1, 0, 23))),
              new Step.Release(TensorId.INPUT),
              new Step.Compute(REST, List.of(rows(3, 0, 11))),
              new Step.Release(new TensorId(1)),
              new Step.Send(rows(3, 0, 11), A),
              new Step.Release(new TensorId(3)));
    }
  }

  /** The first convolution by output channels, the second by the same input channels. */
  private static Plan pair(Routing routing) {
    Slice a = new Slice(new TensorId(1), channels(1, 0, 2));
    Slice b = new Slice(new TensorId(1), channels(1, 2, 3));
    return plan(
        routing,
        List.of(
            new Stage(FIRST, List.of(List.of(a), List.of(b))),
            new Stage(
                new Block(1, 2),
                List.of(List.of(), List.of(whole(2))),
                List.of(new Range(0, 2), new Range(2, 3))),
            alone(new Block(2, 3), B)));
  }

  private static Region channels(int tensor, int start, int end) {
    return Region.channels(GRAPH.shapes().get(tensor), new Range(start, end));
  }

  private static Slice whole(int tensor) {
    return Slice.whole(new TensorId(tensor), GRAPH.shapes().get(tensor));
  }

  @Test
  void withinAPairOnlyPartialSumsTravel() {
    for (Routing routing : Routing.values()) {
      ProgramSet programs = compiler.compile(pair(routing));
      new ProgramChecker().check(programs);
      assertThat(
              programs.programs().stream()
                  .flatMap(program -> program.steps().stream())
                  .filter(Step.Send.class::isInstance)
                  .map(step -> ((Step.Send) step).slice().tensor()))
          .as("%s", routing)
          .contains(new TensorId(2, 0, 2))
          .doesNotContain(new TensorId(1));
    }
  }

  @Test
  void whoAddsUpReceivesThePartialSumsOfTheOthers() {
    Block second = new Block(1, 2);
    Slice ofA = new Slice(new TensorId(2, 0, 2), whole(2).region());
    Slice ofB = new Slice(new TensorId(2, 2, 3), whole(2).region());
    ProgramSet programs = compiler.compile(pair(Routing.PEER));
    assertThat(programs.of(A).steps())
        .containsSubsequence(
            new Step.Compute(second, List.of(ofA)),
            new Step.Release(new TensorId(1)),
            new Step.Send(ofA, B),
            new Step.Release(ofA.tensor()));
    assertThat(programs.of(B).steps())
        .containsSubsequence(
            new Step.Compute(second, List.of(ofB)),
            new Step.Release(new TensorId(1)),
            new Step.Receive(ofA, A),
            new Step.Compute(second, List.of(whole(2)), List.of(new Range(0, 2), new Range(2, 3))),
            new Step.Release(ofA.tensor()),
            new Step.Release(ofB.tensor()));
  }

  @Test
  void nothingTravelsOnASingleDevice() {
    for (Routing routing : Routing.values()) {
      ProgramSet programs =
          compiler.compile(plan(routing, List.of(alone(FIRST, A), alone(REST, A))));
      assertThat(programs.bytesMoved()).isZero();
      assertThat(programs.of(B).steps()).isEmpty();
    }
  }

  @Test
  void plansWithGapsOverlapsOrMissingLayersAreRefused() {
    PlanValidator validator = new PlanValidator();
    validator.validate(halves(Routing.PEER));
    Stage rest = stage(REST, new Range(0, 6), new Range(6, 11));
    for (Stage bad :
        List.of(
            stage(FIRST, new Range(0, 12), new Range(13, 23)),
            stage(FIRST, new Range(0, 12), new Range(11, 23)),
            stage(FIRST, new Range(0, 12), new Range(12, 22)),
            stage(FIRST, Range.EMPTY, Range.EMPTY))) {
      assertThatThrownBy(() -> validator.validate(plan(Routing.PEER, List.of(bad, rest))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("conv1");
    }
    assertThatThrownBy(() -> validator.validate(plan(Routing.PEER, List.of(rest))))
        .hasMessageContaining("follows layer 0");
    assertThatThrownBy(
            () ->
                validator.validate(
                    plan(Routing.PEER, List.of(stage(FIRST, new Range(0, 12), new Range(12, 23))))))
        .hasMessageContaining("ends after layer 1 of 3");
  }

  @Test
  void blocksThatKeepToThemselvesWhatOthersNeedAreRefused() {
    PlanValidator validator = new PlanValidator();
    ModelGraph residual = SmallModels.residual();
    List<TensorShape> shapes = residual.shapes();
    Block inside = new Block(0, 2);
    Block rest = new Block(2, residual.layers().size());
    Stage behind = Stage.on(residual, shapes, rest, A, 1);
    validator.validate(
        new Plan(
            residual,
            1,
            A,
            Routing.PEER,
            List.of(Stage.on(residual, shapes, inside, A, 1), behind)));
    // the stem's output is the residual that the second block reads as well
    Stage last = new Stage(inside, List.of(List.of(Slice.whole(inside.last(), shapes.get(2)))));
    assertThatThrownBy(
            () -> validator.validate(new Plan(residual, 1, A, Routing.PEER, List.of(last, behind))))
        .hasMessageContaining("leaves out channels [0, 4) rows [0, 32) columns [0, 9) of t1");
    ModelGraph innerOutput = SmallModels.innerOutput();
    Block all = new Block(0, innerOutput.layers().size());
    Stage hiding =
        new Stage(
            all,
            List.of(
                List.of(Slice.whole(all.last(), innerOutput.shapes().get(all.last().index())))));
    assertThatThrownBy(
            () -> validator.validate(new Plan(innerOutput, 1, A, Routing.PEER, List.of(hiding))))
        .hasMessageContaining("leaves out")
        .hasMessageContaining("of t3");
    Stage stranger = new Stage(FIRST, List.of(List.of(rows(1, 0, 23), rows(2, 0, 11)), List.of()));
    assertThatThrownBy(() -> validator.validate(plan(Routing.PEER, List.of(stranger))))
        .hasMessageContaining("does not yield t2");
  }
}
