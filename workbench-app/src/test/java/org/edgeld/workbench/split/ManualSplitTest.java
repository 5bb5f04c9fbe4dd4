package org.edgeld.workbench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.geometry.Range;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class ManualSplitTest {
  private static final ModelGraph GRAPH = SmallModels.vgg16(64);

  private static Plan plan(HeadRole role, Map<String, String> options)
      throws InfeasiblePlanException {
    PlanRequest three = Contexts.request(GRAPH, new double[] {1e9, 1e9, 1e9}, 1e9, "between-pools");
    return DefaultPlanner.load()
        .plan(
            new PlanRequest(
                GRAPH,
                three.profile(),
                three.head(),
                Method.of("manual")
                    .with(options)
                    .withFusion(three.method().fusion())
                    .with(three.method().routing())
                    .with(role)))
        .plan();
  }

  private static List<Range> rows(Stage stage) {
    return IntStream.range(0, 3).mapToObj(device -> stage.rows(new DeviceId(device))).toList();
  }

  @Test
  void rowsFollowTheSharesAndBlocksTheirOwn() throws Exception {
    Plan plan =
        plan(
            HeadRole.WORKER,
            Map.of("rows", "20, 4, 8", "blocks", "2:0,1,0;conv3_2:1,0,1;fc6:0,0,1"));
    assertThat(rows(plan.stages().get(0)))
        .containsExactly(new Range(0, 20), new Range(20, 24), new Range(24, 32));
    assertThat(rows(plan.stages().get(1)))
        .containsExactly(Range.EMPTY, new Range(0, 16), Range.EMPTY);
    assertThat(rows(plan.stages().get(2)))
        .containsExactly(new Range(0, 4), Range.EMPTY, new Range(4, 8));
    assertThat(plan.stages().get(5).soleDevice()).contains(new DeviceId(2));
  }

  @Test
  void nothingChosenIsEqual() throws Exception {
    assertThat(rows(plan(HeadRole.WORKER, Map.of()).stages().get(1)))
        .containsExactly(new Range(0, 5), new Range(5, 11), new Range(11, 16));
    assertThat(rows(plan(HeadRole.LEADER, Map.of()).stages().get(1)))
        .containsExactly(Range.EMPTY, new Range(0, 8), new Range(8, 16));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WORKER | 1,2         | none         | 1,2 has 2 shares for 3 devices. Maybe rows=1,2,0.
          WORKER | 1,2,3,4     | none         | 1,2,3,4 has 4 shares for 3 devices. Maybe rows=1,2,3.
          WORKER | 0,0,0       | none         | 0,0,0 gives nobody any rows. Maybe rows=1,1,1.
          WORKER | 0,0,0,5     | none         | 0,0,0,5 has 4 shares for 3 devices. Maybe rows=1,1,1.
          WORKER | 1,-2,3      | none         | "-2" is not a share, which is a number of at least 0. Maybe 1,1,1.
          WORKER | 1,NaN,3     | none         | "NaN" is not a share, which is a number of at least 0. Maybe 1,1,1.
          WORKER | half        | none         | "half" is not a share, which is a number of at least 0. Maybe 1,1,1.
          LEADER | 40,30,30    | none         | 40,30,30 gives the head rows, but it only leads. Maybe rows=0,30,30.
          LEADER | 40,0,0      | none         | 40,0,0 gives the head rows, but it only leads. Maybe rows=0,1,1.
          WORKER | equal       | 1,2,3        | "1,2,3" does not say which block is divided how. Maybe blocks=1:1,1,1.
          WORKER | equal       | 9:1,2,3      | There is no block 9. Maybe 6, the last of 6.
          WORKER | equal       | 0:1,2,3      | There is no block 0. Maybe 1, the first of 6.
          WORKER | equal       | conv1_3:1,2,3 | vgg16 has no layer conv1_3. Maybe conv1_1.
          WORKER | equal       | 1:1,2,3;conv1_1:1,1,1 | The block conv1_1–pool1 is given shares twice. Maybe leave one of them out.
          """)
  void sharesThatCannotBeAreRefusedWithSomeThatCan(
      HeadRole role, String rows, String blocks, String sentence) {
    assertThatThrownBy(() -> plan(role, Map.of("rows", rows, "blocks", blocks)))
        .isInstanceOf(InfeasiblePlanException.class)
        .hasMessage(sentence);
  }
}
