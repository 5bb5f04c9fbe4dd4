package org.edgeld.workbench.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;
import org.edgeld.workbench.explain.Boundaries;
import org.edgeld.workbench.plan.PlannedRun;

/**
 * A planned run as data for pictures: strips of every layer, work, and what travels at each
 * boundary. Derived from the plan and its programs only.
 *
 * @param planned the plan
 * @param shapes shapes of all tensors
 * @param stages the blocks in order
 * @param boundaryBytes bytes that travel before stage {@code i}; the last entry is what travels to
 *     the head at the end
 */
public record PlanPicture(
    PlannedRun planned,
    List<TensorShape> shapes,
    List<StagePicture> stages,
    List<Long> boundaryBytes) {
  public PlanPicture {
    shapes = List.copyOf(shapes);
    stages = List.copyOf(stages);
    boundaryBytes = List.copyOf(boundaryBytes);
  }

  /** Derives the picture of a plan. */
  public static PlanPicture of(PlannedRun planned) {
    ModelGraph graph = planned.plan().graph();
    List<TensorShape> shapes = graph.shapes();
    List<StagePicture> stages = new ArrayList<>();
    for (int i = 0; i < planned.plan().stages().size(); i++) {
      stages.add(StagePicture.of(graph, shapes, i, planned.plan().stages().get(i)));
    }
    Long[] bytes = new Long[stages.size() + 1];
    Arrays.fill(bytes, 0L);
    Boundaries boundaries = new Boundaries(planned);
    for (DeviceProgram program : planned.programs().programs()) {
      for (int i = 0; i < program.steps().size(); i++) {
        if (program.steps().get(i) instanceof Step.Send send) {
          bytes[boundaries.of(program.device(), i)] +=
              planned.request().method().precision().expectedBytes(send.slice().elements());
        }
      }
    }
    return new PlanPicture(planned, shapes, stages, List.of(bytes));
  }

  /** Returns the model. */
  public ModelGraph graph() {
    return planned.plan().graph();
  }

  /** Returns how many devices the cluster has. */
  public int devices() {
    return planned.plan().devices();
  }

  /** Returns the stage that holds a layer. */
  public StagePicture stageOfLayer(int layer) {
    return stages.stream()
        .filter(
            s -> layer >= s.stage().block().layerStart() && layer < s.stage().block().layerEnd())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No stage has layer " + layer + "."));
  }

  /**
   * Tells whether a stage sums over input channels just where the stage before made them: nothing
   * travels between the two.
   */
  public boolean isPair(StagePicture stage) {
    return stage.sums() && stage.index() > 0 && boundaryBytes.get(stage.index()) == 0;
  }

  /** Returns the work done more than once over the work of the undivided network. */
  public double redundancy() {
    long flops = stages.stream().mapToLong(StagePicture::flops).sum();
    long computed = stages.stream().mapToLong(StagePicture::computedFlops).sum();
    return flops == 0 ? 0 : Math.max(0, computed / (double) flops - 1);
  }

  /** Returns the number of boundaries where something travels. */
  public long exchanges() {
    return boundaryBytes.stream().filter(bytes -> bytes > 0).count();
  }

  /** Returns the bytes that travel for one frame. */
  public long bytesMoved() {
    return planned.bytesMoved();
  }
}
