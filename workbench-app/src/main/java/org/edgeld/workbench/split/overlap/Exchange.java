package org.edgeld.workbench.split.overlap;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.ModelGeometry;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;

/**
 * Where the tensors are that travel before a stage, or to the head behind the last one.
 *
 * @param sources where the tensors are that the stage reads
 * @param finished outputs of the model that the stage before made, for the head, whole
 * @param gathered what the head gathers first; nothing where slices travel from peer to peer
 */
record Exchange(List<Source> sources, List<Slice> finished, List<Source> gathered) {
  /** Stands for the model's input in place of a stage. */
  static final int INPUT = -1;

  /**
   * Where a tensor is.
   *
   * @param madeBy stage that made it
   * @param atHead whether the head hands it out; else who made it does
   */
  record Source(TensorId tensor, int madeBy, boolean atHead) {}

  /** Returns the exchanges of a plan: before each stage, and at the end. */
  static List<Exchange> of(Plan plan, ModelGeometry geometry) {
    int[] madeBy = new int[geometry.shapes().size()];
    Set<TensorId> atHead = new HashSet<>(Set.of(TensorId.INPUT));
    madeBy[TensorId.INPUT.index()] = INPUT;
    List<Exchange> exchanges = new ArrayList<>();
    List<TensorId> finished = List.of();
    for (int k = 0; k <= plan.stages().size(); k++) {
      boolean end = k == plan.stages().size();
      List<TensorId> read = end ? List.of() : geometry.inputs(plan.stages().get(k).block());
      List<Source> gathered = new ArrayList<>();
      if (plan.routing() == Routing.HEAD) {
        Set<TensorId> wanted = new HashSet<>(read);
        wanted.addAll(finished);
        for (TensorId tensor : wanted) {
          if (!atHead.contains(tensor) && !stays(plan, geometry, tensor, madeBy, k)) {
            gathered.add(new Source(tensor, madeBy[tensor.index()], false));
          }
        }
        gathered.forEach(source -> atHead.add(source.tensor()));
      }
      exchanges.add(
          new Exchange(
              read.stream().map(t -> new Source(t, madeBy[t.index()], atHead.contains(t))).toList(),
              finished.stream()
                  .filter(tensor -> !atHead.contains(tensor))
                  .map(tensor -> Slice.whole(tensor, geometry.shape(tensor)))
                  .toList(),
              gathered));
      if (!end) {
        Stage stage = plan.stages().get(k);
        for (int t = stage.block().layerStart() + 1; t <= stage.block().layerEnd(); t++) {
          madeBy[t] = k;
        }
        finished =
            geometry.graph().outputs().stream().filter(stage.block()::makes).distinct().toList();
      }
    }
    return exchanges;
  }

  /** Tells whether only one device goes on with a tensor that it made alone. */
  private static boolean stays(
      Plan plan, ModelGeometry geometry, TensorId tensor, int[] madeBy, int next) {
    if (next == plan.stages().size() || geometry.graph().outputs().contains(tensor)) {
      return false;
    }
    Stage maker = plan.stages().get(madeBy[tensor.index()]);
    Region whole = Region.whole(geometry.shape(tensor));
    return plan.stages()
        .get(next)
        .soleDevice()
        .filter(
            sole -> Slice.find(maker.outputs().get(sole.index()), tensor).region().equals(whole))
        .isPresent();
  }
}
