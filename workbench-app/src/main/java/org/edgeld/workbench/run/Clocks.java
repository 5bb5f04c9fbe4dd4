package org.edgeld.workbench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.ClockReading;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * How far each device's clock is ahead of the workbench's, by the quickest of several round trips
 * (Cristian 1989): the reading is assumed to lie in the middle, so half the round trip bounds the
 * error.
 *
 * @param readings per device
 */
record Clocks(List<Reading> readings) {
  private static final int ROUND_TRIPS = 9;

  /**
   * One device's clock at one moment.
   *
   * @param atNanos workbench's clock
   * @param aheadNanos device's clock minus workbench's
   * @param errorNanos how far {@code aheadNanos} may be off
   */
  record Reading(long atNanos, long aheadNanos, long errorNanos) {}

  Clocks {
    readings = List.copyOf(readings);
  }

  /** Asks all devices for their clocks. */
  static Clocks read(List<AgentConnection> connections, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    List<Reading> readings = new ArrayList<>();
    for (AgentConnection connection : connections) {
      Reading best = new Reading(0, 0, Long.MAX_VALUE);
      for (int i = 0; i < ROUND_TRIPS; i++) {
        long before = System.nanoTime();
        ClockReading reading;
        long after;
        try {
          // the time is taken where the answer arrives, not where this thread wakes up
          var answer =
              connection
                  .readClock()
                  .answer()
                  .thenApply(message -> new Timed(message, System.nanoTime()));
          Timed timed = Futures.await(answer, monitor);
          reading = timed.reading();
          after = timed.atNanos();
        } catch (ExecutionException e) {
          throw new RunFailedException(e.getCause().getMessage(), e.getCause());
        }
        long error = (after - before) / 2;
        if (error < best.errorNanos()) {
          long middle = before + error;
          best = new Reading(middle, reading.nanos() - middle, error);
        }
      }
      readings.add(best);
    }
    return new Clocks(readings);
  }

  private record Timed(ClockReading reading, long atNanos) {}

  /**
   * Returns how far device {@code index} is ahead of the workbench at a moment between this reading
   * and {@code later}, on the line through both: clocks drift evenly.
   *
   * @param deviceNanos the moment by the device's own clock
   */
  long aheadNanos(int index, long deviceNanos, Clocks later) {
    Reading first = readings.get(index);
    Reading second = later.readings.get(index);
    long firstDevice = first.atNanos() + first.aheadNanos();
    long secondDevice = second.atNanos() + second.aheadNanos();
    if (secondDevice <= firstDevice) {
      return first.aheadNanos();
    }
    double part = (double) (deviceNanos - firstDevice) / (secondDevice - firstDevice);
    return first.aheadNanos() + Math.round(part * (second.aheadNanos() - first.aheadNanos()));
  }

  /** Returns how far two devices' clocks may be off each other. */
  long errorNanos(int index, int other, Clocks later) {
    return index == other ? 0 : worst(index, later) + worst(other, later);
  }

  private long worst(int index, Clocks later) {
    return Math.max(readings.get(index).errorNanos(), later.readings.get(index).errorNanos());
  }
}
