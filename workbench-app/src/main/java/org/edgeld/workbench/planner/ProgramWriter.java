package org.edgeld.workbench.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Step;

/** One device's program under construction: its steps, and after which of them tensors can go. */
final class ProgramWriter {
  private static final int BEFORE_ALL_STEPS = -1;

  private final DeviceId device;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<TensorId> atStart = new HashSet<>();
  private int stageStart;

  /** A step and the tensors that it makes, receives or reads. */
  private record Entry(Step step, List<TensorId> tensors) {}

  ProgramWriter(DeviceId device) {
    this.device = device;
  }

  /** Says that the device holds a tensor when the frame starts. */
  void holds(TensorId tensor) {
    atStart.add(tensor);
  }

  /** Says that the tiles of the next stage follow. */
  void beginStage() {
    stageStart = entries.size();
  }

  void receive(Slice slice, DeviceId from) {
    add(new Step.Receive(slice, from), slice.tensor());
  }

  /** Sends a slice after all steps so far. */
  void send(Slice slice, DeviceId to) {
    add(new Step.Send(slice, to), slice.tensor());
  }

  /** Sends a slice as soon as the tiles of this stage that make it are done. */
  void sendEarly(Slice slice, DeviceId to) {
    entries.add(place(slice), new Entry(new Step.Send(slice, to), List.of(slice.tensor())));
  }

  private int place(Slice slice) {
    for (int i = entries.size() - 1; i >= stageStart; i--) {
      Step step = entries.get(i).step();
      if (step instanceof Step.Receive receive && common(receive.slice(), slice)) {
        return entries.size();
      }
      if (step instanceof Step.Compute compute
          && compute.outputs().stream().anyMatch(output -> common(output, slice))) {
        int after = i + 1;
        while (after < entries.size() && entries.get(after).step() instanceof Step.Send) {
          after++;
        }
        return after;
      }
    }
    return entries.size();
  }

  private static boolean common(Slice one, Slice other) {
    return one.tensor().equals(other.tensor()) && !one.region().intersect(other.region()).isEmpty();
  }

  void compute(BlockTile tile) {
    List<TensorId> tensors = new ArrayList<>();
    tile.inputs().forEach(input -> tensors.add(input.tensor()));
    tile.outputs().forEach(output -> tensors.add(output.tensor()));
    List<Range> parts =
        tile.combines()
            ? tile.inputs().stream().map(part -> ChannelSums.summed(part.tensor())).toList()
            : List.of();
    entries.add(new Entry(new Step.Compute(tile.block(), tile.outputs(), parts), tensors));
  }

  private void add(Step step, TensorId tensor) {
    entries.add(new Entry(step, List.of(tensor)));
  }

  /** Gives up a tensor that the device may receive again. */
  void forget(TensorId tensor) {
    add(new Step.Release(tensor), tensor);
  }

  /** Adds the slices that are sent to each device, in order, to what each is sent from here. */
  void sent(List<List<List<Slice>>> sent) {
    for (Entry entry : entries) {
      if (entry.step() instanceof Step.Send send) {
        sent.get(send.to().index()).get(device.index()).add(send.slice());
      }
    }
  }

  /**
   * Receives slices in the order in which they are sent: what a device sends before the slice that
   * is waited for is taken with it.
   *
   * @param sent per device, what it sends here
   */
  void receiveInOrder(List<List<Slice>> sent) {
    Map<Slice, Integer> places = new IdentityHashMap<>();
    for (List<Slice> slices : sent) {
      for (int i = 0; i < slices.size(); i++) {
        places.put(slices.get(i), i);
      }
    }
    int[] taken = new int[sent.size()];
    List<Entry> ordered = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.step() instanceof Step.Receive receive) {
        int from = receive.from().index();
        for (; taken[from] <= places.get(receive.slice()); taken[from]++) {
          Slice slice = sent.get(from).get(taken[from]);
          ordered.add(new Entry(new Step.Receive(slice, receive.from()), List.of(slice.tensor())));
        }
      } else {
        ordered.add(entry);
      }
    }
    entries.clear();
    entries.addAll(ordered);
  }

  /**
   * Returns the program, every tensor released right after its last use.
   *
   * @param kept what stays when the frame ends
   */
  DeviceProgram finish(Collection<TensorId> kept) {
    Map<TensorId, Integer> lastUse = new HashMap<>();
    atStart.forEach(tensor -> lastUse.put(tensor, BEFORE_ALL_STEPS));
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      for (TensorId tensor : entry.tensors()) {
        if (entry.step() instanceof Step.Release) {
          lastUse.remove(tensor);
        } else {
          lastUse.put(tensor, i);
        }
      }
    }
    lastUse.keySet().removeAll(Set.copyOf(kept));
    List<TensorId> released = new ArrayList<>(lastUse.keySet());
    Collections.sort(released);
    Map<Integer, List<Step>> releases = new HashMap<>();
    for (TensorId tensor : released) {
      releases
          .computeIfAbsent(lastUse.get(tensor), key -> new ArrayList<>())
          .add(new Step.Release(tensor));
    }
    List<Step> all = new ArrayList<>(releases.getOrDefault(BEFORE_ALL_STEPS, List.of()));
    for (int i = 0; i < entries.size(); i++) {
      all.add(entries.get(i).step());
      all.addAll(releases.getOrDefault(i, List.of()));
    }
    return new DeviceProgram(device, all);
  }
}
