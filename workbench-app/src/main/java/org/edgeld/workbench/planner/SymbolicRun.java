package org.edgeld.workbench.planner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Collectors;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/** One execution of programs in which only the places of elements exist. */
final class SymbolicRun {
  private final ProgramSet programs;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<Device> devices = new ArrayList<>();
  private final Map<Pair, Queue<Slice>> underWay = new HashMap<>();

  private record Pair(DeviceId from, DeviceId to) {}

  SymbolicRun(ProgramSet programs) {
    this.programs = programs;
    this.graph = programs.graph();
    this.shapes = graph.shapes();
    for (int i = 0; i < programs.programs().size(); i++) {
      devices.add(new Device(new DeviceId(i)));
    }
    devices.get(programs.head().index()).held.add(Slice.whole(TensorId.INPUT, graph.input()));
  }

  void run() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Device device : devices) {
        progress |= device.advance();
      }
    }
    devices.forEach(Device::requireDone);
    underWay.forEach(
        (pair, slices) -> {
          if (!slices.isEmpty()) {
            throw new IllegalStateException(
                "Device %s never receives %s from device %s."
                    .formatted(pair.to(), slices.peek(), pair.from()));
          }
        });
    devices.forEach(Device::requireOnlyOutputs);
  }

  private Queue<Slice> queue(DeviceId from, DeviceId to) {
    return underWay.computeIfAbsent(new Pair(from, to), pair -> new ArrayDeque<>());
  }

  /** One device's program counter and holdings; a handler's answer is whether the step is done. */
  private final class Device implements Step.Handler<Boolean> {
    private final DeviceId id;
    private final List<Step> steps;
    private final HeldRegions held = new HeldRegions();
    private int next;

    private Device(DeviceId id) {
      this.id = id;
      this.steps = programs.of(id).steps();
    }

    private boolean advance() {
      int before = next;
      while (next < steps.size() && steps.get(next).accept(this)) {
        next++;
      }
      return next > before;
    }

    private IllegalStateException defect(String what) {
      return new IllegalStateException(
          "Device %s cannot do step %d, %s: %s.".formatted(id, next, steps.get(next), what));
    }

    private void requireSlice(Slice slice) {
      if (slice.tensor().index() >= shapes.size()) {
        throw defect("the model has no tensor " + slice.tensor());
      }
      TensorShape shape = shapes.get(slice.tensor().index());
      if (slice.isEmpty() || !slice.fits(shape) || !ChannelSums.has(graph, slice.tensor())) {
        throw defect(slice + " is no part of " + shape);
      }
    }

    private void requirePeer(DeviceId peer) {
      if (peer.equals(id) || peer.index() >= devices.size()) {
        throw defect("device " + peer + " is no peer of it");
      }
    }

    private void requireHeld(Slice slice) {
      if (!held.holds(slice)) {
        throw defect(
            "of %s it needs %s and holds %s"
                .formatted(slice.tensor(), slice.region(), held.of(slice.tensor())));
      }
    }

    private void requireNew(Slice slice) {
      for (Region region : held.of(slice.tensor())) {
        Region twice = region.intersect(slice.region());
        if (!twice.isEmpty()) {
          throw defect("it already holds %s of %s".formatted(twice, slice.tensor()));
        }
      }
    }

    @Override
    public Boolean receive(Step.Receive step) {
      requirePeer(step.from());
      requireSlice(step.slice());
      Slice arrived = queue(step.from(), id).poll();
      if (arrived == null) {
        return false;
      }
      if (!arrived.equals(step.slice())) {
        throw defect("device " + step.from() + " sends " + arrived + " instead");
      }
      requireNew(arrived);
      held.add(arrived);
      return true;
    }

    @Override
    public Boolean compute(Step.Compute step) {
      Block block = step.block();
      if (block.layerEnd() > graph.layers().size()) {
        throw defect("the model has " + graph.layers().size() + " layers");
      }
      List<TensorId> yielded = block.outputs(graph);
      for (Slice output : step.outputs()) {
        if (!yielded.contains(output.tensor().complete())) {
          throw defect("nobody needs " + output.tensor() + " outside of its block");
        }
        requireSlice(output);
      }
      tile(step).inputs().forEach(this::requireHeld);
      for (Slice output : step.outputs()) {
        requireNew(output);
        held.add(output);
      }
      return true;
    }

    private BlockTile tile(Step.Compute step) {
      try {
        return step.tile(graph, shapes);
      } catch (IllegalArgumentException e) {
        throw defect(e.getMessage());
      }
    }

    @Override
    public Boolean send(Step.Send step) {
      requirePeer(step.to());
      requireSlice(step.slice());
      requireHeld(step.slice());
      queue(id, step.to()).add(step.slice());
      return true;
    }

    @Override
    public Boolean release(Step.Release step) {
      if (held.of(step.tensor()).isEmpty()) {
        throw defect("it holds nothing of " + step.tensor());
      }
      held.remove(step.tensor());
      return true;
    }

    private void requireDone() {
      if (next < steps.size()) {
        throw defect("nothing is ever sent to it");
      }
    }

    private void requireOnlyOutputs() {
      List<TensorId> kept =
          id.equals(programs.head())
              ? graph.outputs().stream().distinct().sorted().toList()
              : List.of();
      for (TensorId output : kept) {
        Slice whole = Slice.whole(output, shapes.get(output.index()));
        if (!held.holds(whole)) {
          throw new IllegalStateException(
              "Device %s ends with %s of the output %s, not %s."
                  .formatted(id, held.of(output), output, whole.region()));
        }
      }
      if (!held.tensors().equals(kept)) {
        throw new IllegalStateException(
            "Device %s ends holding %s, not %s."
                .formatted(
                    id,
                    held.tensors().stream()
                        .map(TensorId::toString)
                        .collect(Collectors.joining(", ")),
                    kept));
      }
    }
  }
}
