package org.edgeld.workbench.split.overlap;

import java.util.Arrays;
import java.util.List;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.link.SharedLinks;
import org.edgeld.workbench.split.overlap.Exchange.Source;

/**
 * Messages between two stages: what each part of a stage makes for each part of the next one, in
 * the order in which it is sent.
 */
final class Outbox {
  private final PartsFrame.Fixed fixed;
  private final int index;
  private final Division last;
  private final int devices;
  private final int rounds;
  private final int mostParts;

  /** Bytes of each message, by sender, its part of the last stage, round and receiver. */
  private final long[] bytes;

  /**
   * @param index of the next stage
   * @param last how the stage before it is cut
   * @param rounds most parts that a device has of the next stage
   */
  Outbox(PartsFrame.Fixed fixed, int index, Division last, int rounds) {
    this.fixed = fixed;
    this.index = index;
    this.last = last;
    this.devices = last.parts().length;
    this.rounds = rounds;
    this.mostParts = Math.max(1, last.rounds());
    this.bytes = new long[devices * mostParts * rounds * devices];
  }

  private int place(int from, int part, int round, int to) {
    return ((from * mostParts + part) * rounds + round) * devices + to;
  }

  private int lastPart(int from) {
    return Math.max(1, last.parts()[from].length) - 1;
  }

  /**
   * Adds what a device needs and does not hold.
   *
   * @param before parts that the device computes earlier, whose inputs it has by then
   */
  void add(Source source, Slice needed, List<Part> before, int to, int round) {
    int head = fixed.head();
    if (source.atHead()) {
      if (to != head) {
        bytes[place(head, lastPart(head), round, to)] +=
            bytes(needed.region(), needed.region(), needed.tensor(), before);
      }
      return;
    }
    boolean justMade = source.madeBy() == index - 1;
    Part[][] owners = justMade ? last.parts() : fixed.stages().get(source.madeBy()).parts();
    for (int from = 0; from < devices; from++) {
      for (int i = 0; from != to && i < owners[from].length; i++) {
        Region owned = Slice.find(owners[from][i].outputs(), needed.tensor()).region();
        int part = justMade ? i : lastPart(from);
        bytes[place(from, part, round, to)] +=
            bytes(owned, needed.region(), needed.tensor(), before);
      }
    }
  }

  /** Returns the bytes that two regions have in common, without what came for earlier parts. */
  private static long bytes(Region owned, Region needed, TensorId tensor, List<Part> before) {
    if (!owned.rows().overlaps(needed.rows())) {
      return 0;
    }
    Range rows = owned.rows().intersect(needed.rows());
    long rest = rows.size();
    if (!before.isEmpty()) {
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

  /** Sends everything, each slice when its sender has come so far. */
  void deliver(PartsStep step) {
    int[] places = messages();
    double[] leaving = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      leaving[i] = step.leavingNanos(from(places[i]), part(places[i]), to(places[i]));
    }
    SharedLinks links = fixed.links();
    links.restart();
    int[] underWay = new int[places.length];
    SharedLinks.Listener listener = (slice, start, end) -> arrive(underWay[slice], end, step);
    for (int i : inOrder(leaving)) {
      while (links.nextNanos() <= leaving[i]) {
        links.endNext(listener);
      }
      int from = from(places[i]);
      int to = to(places[i]);
      double nanos = fixed.cost().transmissionNanos(id(from), id(to), bytes[places[i]]);
      underWay[links.send(leaving[i], from, to, nanos)] = places[i];
    }
    while (links.nextNanos() < Double.POSITIVE_INFINITY) {
      links.endNext(listener);
    }
  }

  /** Returns where there are bytes to send. */
  private int[] messages() {
    int[] places = new int[bytes.length];
    int messages = 0;
    for (int place = 0; place < bytes.length; place++) {
      if (bytes[place] > 0) {
        places[messages++] = place;
      }
    }
    return Arrays.copyOf(places, messages);
  }

  private int from(int place) {
    return place / (mostParts * rounds * devices);
  }

  private int part(int place) {
    return place / (rounds * devices) % mostParts;
  }

  private int round(int place) {
    return place / devices % rounds;
  }

  private int to(int place) {
    return place % devices;
  }

  private void arrive(int place, double end, PartsStep step) {
    int from = from(place);
    int to = to(place);
    step.arrive(from, to, round(place), end, fixed.cost().delayNanos(id(from), id(to)));
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
}
