package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;

/**
 * Makes programs from who computes which boxes, stage after stage: what a device lacks travels to
 * it from who computed it, and is released after its last use. Device A is the head.
 */
final class DividedPrograms {
  private final ModelGraph graph;
  private final List<TensorShape> shapes;
  private final List<List<Step>> steps = new ArrayList<>();
  private final List<Map<TensorId, List<Region>>> here = new ArrayList<>();
  private final Map<TensorId, List<Owned>> owned = new HashMap<>();

  private record Owned(int device, Region region) {}

  private record Transfer(int from, int to, Slice slice) {}

  DividedPrograms(ModelGraph graph, int devices) {
    this.graph = graph;
    this.shapes = graph.shapes();
    for (int i = 0; i < devices; i++) {
      steps.add(new ArrayList<>());
      here.add(new HashMap<>());
    }
    own(0, Slice.whole(TensorId.INPUT, graph.input()));
  }

  private void own(int device, Slice slice) {
    owned
        .computeIfAbsent(slice.tensor(), t -> new ArrayList<>())
        .add(new Owned(device, slice.region()));
    hold(device, slice);
  }

  private void hold(int device, Slice slice) {
    here.get(device).computeIfAbsent(slice.tensor(), t -> new ArrayList<>()).add(slice.region());
  }

  /** Appends a block whose one output is divided. */
  DividedPrograms stage(Block block, List<Region> regions) {
    List<List<Slice>> outputs = new ArrayList<>();
    for (Region region : regions) {
      outputs.add(region.isEmpty() ? List.of() : List.of(new Slice(block.last(), region)));
    }
    return stageOf(block, outputs);
  }

  /**
   * Appends a block; each device computes some slices of its outputs, or none. Slices that come of
   * padding alone are the head's: nothing would tell another device that a frame has started.
   */
  DividedPrograms stageOf(Block block, List<List<Slice>> outputs) {
    List<Transfer> transfers = new ArrayList<>();
    for (int device = 0; device < outputs.size(); device++) {
      if (!outputs.get(device).isEmpty()) {
        for (Slice input : BlockTile.of(graph, shapes, block, outputs.get(device)).inputs()) {
          transfers.addAll(lacking(device, input));
        }
      }
    }
    move(transfers);
    for (int device = 0; device < outputs.size(); device++) {
      List<Slice> own = outputs.get(device);
      if (!own.isEmpty()) {
        boolean fromPadding = BlockTile.of(graph, shapes, block, own).inputs().isEmpty();
        compute(fromPadding ? 0 : device, new Step.Compute(block, own));
      }
    }
    return this;
  }

  /**
   * Appends a layer that sums over its input channels; each device over some of them, or none. Who
   * adds the partial sums up for which regions is said as in {@link #stage}.
   */
  DividedPrograms sum(Block block, List<Range> channels, List<Region> regions) {
    Region whole = Region.whole(shapes.get(block.last().index()));
    List<List<Slice>> sums = new ArrayList<>();
    for (Range range : channels) {
      sums.add(
          range.isEmpty()
              ? List.of()
              : List.of(new Slice(ChannelSums.partial(block.last(), range), whole)));
    }
    stageOf(block, sums);
    List<Range> parts = channels.stream().filter(range -> !range.isEmpty()).toList();
    List<Transfer> transfers = new ArrayList<>();
    for (int device = 0; device < regions.size(); device++) {
      for (Range part : regions.get(device).isEmpty() ? List.<Range>of() : parts) {
        TensorId sum = ChannelSums.partial(block.last(), part);
        transfers.addAll(lacking(device, new Slice(sum, regions.get(device))));
      }
    }
    move(transfers);
    for (int device = 0; device < regions.size(); device++) {
      if (!regions.get(device).isEmpty()) {
        Slice own = new Slice(block.last(), regions.get(device));
        compute(device, new Step.Compute(block, List.of(own), parts));
      }
    }
    return this;
  }

  private void compute(int device, Step.Compute step) {
    steps.get(device).add(step);
    step.outputs().forEach(output -> own(device, output));
  }

  private List<Transfer> lacking(int device, Slice needed) {
    List<Transfer> transfers = new ArrayList<>();
    List<Region> missing =
        needed.region().minus(here.get(device).getOrDefault(needed.tensor(), List.of()));
    for (Owned owner : owned.getOrDefault(needed.tensor(), List.of())) {
      List<Region> left = new ArrayList<>();
      for (Region piece : missing) {
        Region part = piece.intersect(owner.region());
        if (!part.isEmpty()) {
          transfers.add(new Transfer(owner.device(), device, new Slice(needed.tensor(), part)));
        }
        left.addAll(piece.minus(part));
      }
      missing = left;
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("Nobody computes " + missing + " of " + needed.tensor());
    }
    transfers.forEach(transfer -> hold(device, transfer.slice()));
    return transfers;
  }

  private void move(List<Transfer> transfers) {
    for (Transfer t : transfers) {
      steps.get(t.from()).add(new Step.Send(t.slice(), new DeviceId(t.to())));
    }
    for (Transfer t : transfers) {
      steps.get(t.to()).add(new Step.Receive(t.slice(), new DeviceId(t.from())));
    }
  }

  /** Brings the model's outputs to the head. */
  ProgramSet build() {
    for (TensorId output : graph.outputs()) {
      move(lacking(0, Slice.whole(output, shapes.get(output.index()))));
    }
    return new ProgramSet(
        graph,
        new DeviceId(0),
        IntStream.range(0, steps.size())
            .mapToObj(i -> new DeviceProgram(new DeviceId(i), withReleases(i)))
            .toList());
  }

  private List<Step> withReleases(int device) {
    List<Step> reversed = new ArrayList<>();
    Set<TensorId> later = new HashSet<>();
    if (device == 0) {
      later.addAll(graph.outputs());
    }
    for (int i = steps.get(device).size() - 1; i >= 0; i--) {
      Step step = steps.get(device).get(i);
      for (TensorId tensor : step.accept(new Touched())) {
        if (later.add(tensor)) {
          reversed.add(0, new Step.Release(tensor));
        }
      }
      reversed.add(0, step);
    }
    return reversed;
  }

  /** Which tensors a step reads or makes. */
  private final class Touched implements Step.Handler<Set<TensorId>> {
    @Override
    public Set<TensorId> receive(Step.Receive step) {
      return Set.of(step.slice().tensor());
    }

    @Override
    public Set<TensorId> compute(Step.Compute step) {
      Set<TensorId> touched = new HashSet<>();
      BlockTile tile = step.tile(graph, shapes);
      tile.inputs().forEach(slice -> touched.add(slice.tensor()));
      tile.outputs().forEach(slice -> touched.add(slice.tensor()));
      return touched;
    }

    @Override
    public Set<TensorId> send(Step.Send step) {
      return Set.of(step.slice().tensor());
    }

    @Override
    public Set<TensorId> release(Step.Release step) {
      return Set.of();
    }
  }
}
