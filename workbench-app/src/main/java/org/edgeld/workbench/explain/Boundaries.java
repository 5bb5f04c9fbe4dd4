package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;
import org.edgeld.workbench.plan.PlannedRun;

/**
 * Before which stage each send of a plan's programs happens; the number of stages stands for the
 * end of the frame. A tensor may travel several times: to whoever reads it first, and later to
 * others.
 */
public final class Boundaries {
  private final ModelGraph graph;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Set<TensorId>> inputs = new ArrayList<>();
  private final Map<Place, Integer> boundaries = new HashMap<>();

  private record Place(DeviceId device, int step) {}

  private record Pair(DeviceId from, DeviceId to) {}

  /**
   * One end of a transfer.
   *
   * @param step position in the device's program
   * @param stage the last stage that the device was done with before it, −1 if none
   */
  private record End(int step, int stage, TensorId tensor) {}

  /** Works out the boundaries of all sends. */
  public Boundaries(PlannedRun planned) {
    this.graph = planned.plan().graph();
    planned.plan().stages().forEach(stage -> blocks.add(stage.block()));
    blocks.forEach(block -> inputs.add(Set.copyOf(block.inputs(graph))));
    Map<Pair, List<End>> sends = new HashMap<>();
    Map<Pair, List<End>> receives = new HashMap<>();
    for (var program : planned.programs().programs()) {
      Set<Integer> lastTiles = lastTiles(program);
      int stage = -1;
      for (int i = 0; i < program.steps().size(); i++) {
        Step step = program.steps().get(i);
        DeviceId self = program.device();
        if (step instanceof Step.Compute compute) {
          stage = lastTiles.contains(i) ? blocks.indexOf(compute.block()) : stage;
        } else if (step instanceof Step.Send send) {
          add(sends, new Pair(self, send.to()), new End(i, stage, send.slice().tensor()));
        } else if (step instanceof Step.Receive receive) {
          add(
              receives,
              new Pair(receive.from(), self),
              new End(i, stage, receive.slice().tensor()));
        }
      }
    }
    // the k-th send from one device to another is its k-th receive
    sends.forEach(
        (pair, ends) -> {
          for (int k = 0; k < ends.size(); k++) {
            End send = ends.get(k);
            int after = Math.max(send.stage(), receives.get(pair).get(k).stage());
            boundaries.put(new Place(pair.from(), send.step()), next(send.tensor(), after));
          }
        });
  }

  /** Returns the steps at which a device computes its last tile of a block. */
  private static Set<Integer> lastTiles(DeviceProgram program) {
    Map<Block, Integer> last = new HashMap<>();
    for (int i = 0; i < program.steps().size(); i++) {
      if (program.steps().get(i) instanceof Step.Compute compute) {
        last.put(compute.block(), i);
      }
    }
    return Set.copyOf(last.values());
  }

  private static void add(Map<Pair, List<End>> ends, Pair pair, End end) {
    ends.computeIfAbsent(pair, key -> new ArrayList<>()).add(end);
  }

  /** Returns the first boundary behind a stage at which a tensor has a reason to travel. */
  private int next(TensorId tensor, int stage) {
    if (tensor.isPartial()) {
      // partial sums travel right behind the stage that makes them
      return 1
          + IntStream.range(0, blocks.size())
              .filter(i -> blocks.get(i).makes(tensor))
              .findFirst()
              .orElseThrow();
    }
    for (int boundary = stage + 1; boundary < blocks.size(); boundary++) {
      boolean finished =
          boundary > 0
              && blocks.get(boundary - 1).makes(tensor)
              && graph.outputs().contains(tensor);
      if (finished || inputs.get(boundary).contains(tensor)) {
        return boundary;
      }
    }
    return blocks.size();
  }

  /** Returns the boundary of a send. */
  public int of(DeviceId device, int step) {
    return boundaries.get(new Place(device, step));
  }
}
