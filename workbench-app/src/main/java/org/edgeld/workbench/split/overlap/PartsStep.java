package org.edgeld.workbench.split.overlap;

import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.split.overlap.Exchange.Source;

/** A frame to which a stage is added: first everything travels, then everything is computed. */
final class PartsStep {
  private final PartsFrame frame;
  private final PartsFrame.Fixed fixed;
  private final Exchange exchange;
  private final Division last;
  private final int index;
  private final int devices;
  private final double[] at;
  private final double[] out;
  private final double[] in;

  /** Per device and part of the stage, when the last slice for it arrives. */
  private double[][] arrived;

  /**
   * @param index of the stage
   * @param last how the stage before it is cut
   */
  PartsStep(PartsFrame frame, int index, Division last) {
    this.frame = frame;
    this.fixed = frame.fixed();
    this.index = index;
    this.exchange = fixed.exchanges().get(index);
    this.last = last;
    this.devices = frame.now().length;
    this.at = frame.now().clone();
    this.out = frame.egress().clone();
    this.in = frame.ingress().clone();
    this.arrived = new double[devices][1];
  }

  /** Everything that the next parts need travels to them. */
  void exchange(Division next) {
    int head = fixed.head();
    if (!exchange.gathered().isEmpty()) {
      Outbox gathering = new Outbox(fixed, index, last, 1);
      Region whole = new Region(all(), all(), all());
      for (Source source : exchange.gathered()) {
        gathering.add(source, new Slice(source.tensor(), whole), List.of(), head, 0);
      }
      gathering.deliver(this);
      at[head] = Math.max(at[head], arrived[head][0]);
    }
    int rounds = Math.max(1, next.rounds());
    arrived = new double[devices][rounds];
    Outbox outbox = new Outbox(fixed, index, last, rounds);
    for (int to = 0; to < devices; to++) {
      List<Part> parts = Arrays.asList(next.parts()[to]);
      for (int round = 0; round < parts.size(); round++) {
        for (Slice input : parts.get(round).inputs()) {
          outbox.add(source(input.tensor()), input, parts.subList(0, round), to, round);
        }
      }
    }
    for (Slice output : exchange.finished()) {
      outbox.add(new Source(output.tensor(), index - 1, false), output, List.of(), head, 0);
    }
    outbox.deliver(this);
  }

  private static Range all() {
    return Range.upTo(Integer.MAX_VALUE);
  }

  private Source source(TensorId tensor) {
    for (Source source : exchange.sources()) {
      if (source.tensor().equals(tensor)) {
        return source;
      }
    }
    throw new IllegalStateException("Nobody has " + tensor + ".");
  }

  /**
   * Returns when a slice can leave.
   *
   * @param part of the stage before, which makes it; the last one if none does
   */
  double leavingNanos(int from, int part, int to) {
    boolean earlier = part + 1 < last.parts()[from].length;
    double ready = earlier ? frame.done()[from][part] : at[from];
    return Math.max(ready, Math.max(out[from], in[to]));
  }

  /**
   * Says when a slice is there.
   *
   * @param round the part of the stage that it is for
   * @param end when its last byte has left
   * @param delay how long that is under way
   */
  void arrive(int from, int to, int round, double end, double delay) {
    arrived[to][round] = Math.max(arrived[to][round], end + delay);
    out[from] = Math.max(out[from], end);
    in[to] = Math.max(in[to], end);
  }

  /** Returns the frame after the stage was computed. */
  PartsFrame compute(Division next) {
    double[][] ends = new double[devices][];
    for (int device = 0; device < devices; device++) {
      Part[] parts = next.parts()[device];
      ends[device] = new double[parts.length];
      if (parts.length == 0) {
        // the head gets outputs without computing anything itself
        at[device] = Math.max(at[device], arrived[device][0]);
      }
      for (int i = 0; i < parts.length; i++) {
        at[device] = Math.max(at[device], arrived[device][i]) + parts[i].nanos();
        ends[device][i] = at[device];
      }
    }
    return new PartsFrame(fixed, at, out, in, ends);
  }
}
