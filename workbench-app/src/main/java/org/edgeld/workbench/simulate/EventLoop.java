package org.edgeld.workbench.simulate;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.edgeld.workbench.link.InterfaceRates;
import org.edgeld.workbench.link.SharedLinks;

/** What happens on devices and their links, in the order of time. */
final class EventLoop {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final SharedLinks links;

  /** Per slice under way, whom to tell when it has left. */
  private Transfer[] transfers = new Transfer[16];

  private long sequence;

  /** Something that happens at a time; events of one time happen in the order they were planned. */
  private record Event(double nanos, long sequence, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Double.compare(nanos, other.nanos);
      return order == 0 ? Long.compare(sequence, other.sequence) : order;
    }
  }

  /** Is told when a slice has left its sender. */
  interface Transfer {
    void left(double startNanos, double endNanos);
  }

  EventLoop(InterfaceRates rates) {
    this.links = new SharedLinks(rates);
  }

  /** Plans something. */
  void at(double nanos, Runnable action) {
    events.add(new Event(nanos, sequence++, action));
  }

  /**
   * Sends a slice.
   *
   * @param nanos now
   * @param workNanos how long it takes when nothing else passes the two interfaces
   */
  void send(double nanos, int from, int to, double workNanos, Transfer transfer) {
    int slice = links.send(nanos, from, to, workNanos);
    if (slice >= transfers.length) {
      transfers = Arrays.copyOf(transfers, Math.max(slice + 1, 2 * transfers.length));
    }
    transfers[slice] = transfer;
  }

  /** Runs until nothing is left to happen. */
  void run() {
    while (true) {
      Event event = events.peek();
      // rates are worked out once for everything that happens at one time
      boolean now = event != null && event.nanos() <= links.nowNanos();
      double end = now ? Double.POSITIVE_INFINITY : links.nextNanos();
      if (event != null && event.nanos() <= end) {
        events.remove().action().run();
      } else if (end < Double.POSITIVE_INFINITY) {
        links.endNext((slice, from, to) -> transfers[slice].left(from, to));
      } else {
        return;
      }
    }
  }
}
