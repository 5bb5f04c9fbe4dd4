package org.edgeld.workbench.profile;

import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.workbench.cluster.ClusterException;

/** Checks what agents answer before anything is reckoned with it. */
final class Answered {
  private Answered() {}

  /**
   * Returns durations of which as many were asked.
   *
   * @throws ExecutionException because of a {@link ClusterException} if there are more or fewer, or
   *     one is negative
   */
  static long[] nanos(String agent, int asked, long[] nanos) throws ExecutionException {
    if (nanos.length != asked) {
      throw refused("%s answered %d times instead of %d.".formatted(agent, nanos.length, asked));
    }
    if (Arrays.stream(nanos).anyMatch(time -> time < 0)) {
      throw refused(agent + " answered a time below zero.");
    }
    return nanos;
  }

  /**
   * Returns an agent's link.
   *
   * @throws ExecutionException because of a {@link ClusterException} if no link is like this
   */
  static LinkEstimate link(String agent, LinkProfile link) throws ExecutionException {
    double rate = link.bitsPerSecond();
    boolean possible = rate >= LinkEstimate.LEAST_BITS_PER_SECOND && isRate(rate);
    if (!possible || link.roundTripNanos() < 0 || link.messageNanos() < 0) {
      throw refused(
          "%s measured an impossible link: round trip %d ns, %d ns a message, %f bit/s."
              .formatted(agent, link.roundTripNanos(), link.messageNanos(), rate));
    }
    return new LinkEstimate(link.roundTripNanos(), link.messageNanos(), rate);
  }

  /** Tells whether a rate is a finite number above zero. */
  static boolean isRate(double bitsPerSecond) {
    return bitsPerSecond > 0 && bitsPerSecond < Double.POSITIVE_INFINITY;
  }

  private static ExecutionException refused(String sentence) {
    return new ExecutionException(new ClusterException(sentence));
  }
}
