package org.edgeld.workbench.split.overlap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.SharedLinks;
import org.edgeld.workbench.split.overlap.Exchange.Source;

/**
 * A frame after some stages: when each processor and each interface is free, and when each part of
 * the last stage was done. Adding a stage follows the simulator's rules (a slice is sent when the
 * parts that make it are done, interfaces are shared), but treats one stage after the other: an
 * interface is free when its last slice is over. So it takes a few microseconds. Immutable.
 */
final class PartsFrame {
  private final Fixed fixed;
  private final double[] now;
  private final double[] egress;
  private final double[] ingress;
  private final double[][] done;

  /**
   * What all frames of a plan have in common.
   *
   * @param cost of the devices and links
   * @param links where slices meet; nothing is under way between uses
   * @param head index of the head
   * @param exchanges before each stage, and at the end
   * @param stages as they are uncut
   */
  record Fixed(
      CostModel cost,
      SharedLinks links,
      int head,
      List<Exchange> exchanges,
      List<Division> stages) {}

  private PartsFrame(
      Fixed fixed, double[] now, double[] egress, double[] ingress, double[][] done) {
    this.fixed = fixed;
    this.now = now;
    this.egress = egress;
    this.ingress = ingress;
    this.done = done;
  }

  /** Returns the beginning: the head has the input. */
  static PartsFrame start(Fixed fixed, int devices) {
    return new PartsFrame(
        fixed,
        new double[devices],
        new double[devices],
        new double[devices],
        new double[devices][0]);
  }

  /** Returns when the last device is done with what it computes so far. */
  double latestNanos() {
    double latest = 0;
    for (double nanos : now) {
      latest = Math.max(latest, nanos);
    }
    return latest;
  }

  /**
   * Returns the frame after one more stage.
   *
   * @param index which stage
   * @param last how the stage before it is cut; any division for the first
   * @param next how it is cut itself
   */
  PartsFrame with(int index, Division last, Division next) {
    Step step = new Step(index, last);
    step.exchange(next);
    double[][] ends = new double[now.length][];
    for (int device = 0; device < now.length; device++) {
      Part[] parts = next.parts()[device];
      ends[device] = new double[parts.length];
      if (parts.length == 0) {
        // the head gets outputs without computing anything itself
        step.at[device] = Math.max(step.at[device], step.arrived[device][0]);
      }
      for (int i = 0; i < parts.length; i++) {
        step.at[device] = Math.max(step.at[device], step.arrived[device][i]) + parts[i].nanos();
        ends[device][i] = step.at[device];
      }
    }
    return new PartsFrame(fixed, step.at, step.out, step.in, ends);
  }

  /**
   * Returns when the head has all outputs.
   *
   * @param last how the last stage is cut
   */
  double latencyNanos(Division last) {
    Step step = new Step(fixed.stages().size(), last);
    step.exchange(new Division(Order.WHOLE, new Part[now.length][0]));
    return Math.max(step.at[fixed.head()], step.arrived[fixed.head()][0]);
  }

  /** A message in the order in which its sender sends. */
  private record Message(int from, int to, int round, double readyNanos, long bytes) {}

  /** The next state under construction. */
  private final class Step {
    private final int devices = now.length;
    private final double[] at = now.clone();
    private final double[] out = egress.clone();
    private final double[] in = ingress.clone();
    private final Exchange exchange;
    private final Division last;
    private final int index;
    private double[][] arrived = new double[devices][1];

    Step(int index, Division last) {
      this.index = index;
      this.exchange = fixed.exchanges().get(index);
      this.last = last;
    }

    /** Everything that the next parts need travels to them. */
    void exchange(Division next) {
      int head = fixed.head();
      if (!exchange.gathered().isEmpty()) {
        Outbox gathering = new Outbox();
        for (Source source : exchange.gathered()) {
          Region whole = new Region(all(), all(), all());
          gathering.add(source, new Slice(source.tensor(), whole), List.of(), head, 0);
        }
        gathering.deliver();
        at[head] = Math.max(at[head], arrived[head][0]);
      }
      int rounds = Math.max(1, next.rounds());
      arrived = new double[devices][rounds];
      Outbox outbox = new Outbox();
      for (int round = 0; round < rounds; round++) {
        for (int to = 0; to < devices; to++) {
          Part[] parts = next.parts()[to];
          List<Part> before = Arrays.asList(parts).subList(0, Math.min(round, parts.length));
          List<Slice> inputs = round < parts.length ? parts[round].inputs() : List.of();
          for (Slice input : inputs) {
            outbox.add(source(input.tensor()), input, before, to, round);
          }
          if (round == 0 && to == head) {
            for (Slice output : exchange.finished()) {
              outbox.add(new Source(output.tensor(), index - 1, false), output, List.of(), to, 0);
            }
          }
        }
        outbox.endRound();
      }
      outbox.deliver();
    }

    private Range all() {
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

    /** Messages under way between two stages. */
    private final class Outbox {
      /** Per sender and part of the last stage, what is sent when it is done. */
      private final List<List<List<Message>>> messages = new ArrayList<>();

      /** Bytes of the round under construction, per sender, part and receiver. */
      private final long[][][] bytes = new long[devices][][];

      private int round;

      Outbox() {
        for (int from = 0; from < devices; from++) {
          int parts = Math.max(1, last.parts()[from].length);
          bytes[from] = new long[parts][devices];
          List<List<Message>> own = new ArrayList<>();
          for (int i = 0; i < parts; i++) {
            own.add(new ArrayList<>());
          }
          messages.add(own);
        }
      }

      /**
       * Adds what a device needs and does not hold.
       *
       * @param before parts that the device computes earlier, whose inputs it has by then
       */
      void add(Source source, Slice needed, List<Part> before, int to, int ofRound) {
        round = ofRound;
        int head = fixed.head();
        if (source.atHead()) {
          if (to != head) {
            bytes[head][bytes[head].length - 1][to] +=
                bytes(needed.region(), needed.region(), needed.tensor(), before);
          }
          return;
        }
        boolean justMade = source.madeBy() == index - 1;
        Part[][] owners = justMade ? last.parts() : fixed.stages().get(source.madeBy()).parts();
        for (int from = 0; from < devices; from++) {
          for (int i = 0; from != to && i < owners[from].length; i++) {
            Region owned = Slice.find(owners[from][i].outputs(), needed.tensor()).region();
            int part = justMade ? i : bytes[from].length - 1;
            bytes[from][part][to] += bytes(owned, needed.region(), needed.tensor(), before);
          }
        }
      }

      /** Gives what is sent in this round its place behind what was sent before. */
      void endRound() {
        for (int from = 0; from < devices; from++) {
          for (int part = 0; part < bytes[from].length; part++) {
            for (int to = 0; to < devices; to++) {
              if (bytes[from][part][to] > 0) {
                double ready = part + 1 < bytes[from].length ? done[from][part] : at[from];
                messages
                    .get(from)
                    .get(part)
                    .add(new Message(from, to, round, ready, bytes[from][part][to]));
                bytes[from][part][to] = 0;
              }
            }
          }
        }
      }

      /** Sends everything, each slice when its sender has come so far. */
      void deliver() {
        endRound();
        List<Message> all = new ArrayList<>();
        for (List<List<Message>> own : messages) {
          own.forEach(all::addAll);
        }
        double[] leaving = new double[all.size()];
        for (int i = 0; i < leaving.length; i++) {
          Message message = all.get(i);
          leaving[i] =
              Math.max(message.readyNanos(), Math.max(out[message.from()], in[message.to()]));
        }
        SharedLinks links = fixed.links();
        links.restart();
        Message[] underWay = new Message[all.size()];
        SharedLinks.Listener listener = (slice, start, end) -> arrive(underWay[slice], end);
        for (int i : inOrder(leaving)) {
          Message message = all.get(i);
          while (links.nextNanos() <= leaving[i]) {
            links.endNext(listener);
          }
          double nanos =
              fixed.cost().transmissionNanos(id(message.from()), id(message.to()), message.bytes());
          underWay[links.send(leaving[i], message.from(), message.to(), nanos)] = message;
        }
        while (links.nextNanos() < Double.POSITIVE_INFINITY) {
          links.endNext(listener);
        }
      }

      private void arrive(Message message, double end) {
        double[] at = arrived[message.to()];
        double arrival = end + fixed.cost().delayNanos(id(message.from()), id(message.to()));
        at[message.round()] = Math.max(at[message.round()], arrival);
        out[message.from()] = Math.max(out[message.from()], end);
        in[message.to()] = Math.max(in[message.to()], end);
      }
    }
  }

  private static DeviceId id(int device) {
    return new DeviceId(device);
  }

  /** Returns the indices of numbers, of the smallest first; of equals, the first first. */
  private static int[] inOrder(double[] numbers) {
    int[] order = new int[numbers.length];
    for (int i = 0; i < order.length; i++) {
      int place = i;
      while (place > 0 && numbers[order[place - 1]] > numbers[i]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = i;
    }
    return order;
  }

  /** Returns the bytes that two regions have in common, without what came for earlier parts. */
  private static long bytes(Region owned, Region needed, TensorId tensor, List<Part> before) {
    if (owned.rows().end() <= needed.rows().start()
        || needed.rows().end() <= owned.rows().start()) {
      return 0;
    }
    Range rows = owned.rows().intersect(needed.rows());
    long rest = rows.size();
    if (rest > 0 && !before.isEmpty()) {
      Range first = Slice.find(before.get(0).inputs(), tensor).rows().intersect(rows);
      rest -= first.size();
      if (before.size() > 1) {
        Range second = Slice.find(before.get(1).inputs(), tensor).rows().intersect(rows);
        rest -= second.size() - second.intersect(first).size();
      }
    }
    return rest <= 0
        ? 0
        : rest
            * owned.channels().intersect(needed.channels()).size()
            * owned.columns().intersect(needed.columns()).size()
            * Float.BYTES;
  }
}
