package org.edgeld.workbench.experiment.paper;

import java.util.List;
import org.edgeld.workbench.cluster.PerDevice;

/**
 * The links of a column of the paper.
 *
 * @param name as the paper's axis has it
 * @param mbps rates in Mbit/s, of all devices or of each, the leader's first; empty if they are not
 *     known
 */
record PaperLink(String name, List<Double> mbps) {
  static final PaperLink SLOWEST = of(50);
  static final PaperLink SLOW = of(100);
  static final PaperLink FASTEST = of(1000);

  /**
   * Fig. 5: the paper does not say which follower has which link. Here the leader's is as fast as
   * any and the first follower has the fastest, so that one follower alone is not slowed down and
   * nobody is flattered.
   */
  static final PaperLink MIXED =
      new PaperLink("100–1000", List.of(1000.0, 1000.0, 700.0, 400.0, 100.0));

  /** The links that boards have. */
  static final PaperLink OWN = new PaperLink("as they are", List.of());

  PaperLink {
    mbps = List.copyOf(mbps);
  }

  private static PaperLink of(int mbps) {
    return new PaperLink(Integer.toString(mbps), List.of((double) mbps));
  }

  /**
   * Returns the rates of emulated links.
   *
   * @param factor emulated rate over the paper's
   */
  PerDevice times(double factor) {
    return new PerDevice(mbps.stream().map(rate -> factor * rate).toList());
  }

  /** Returns the links in a sentence. */
  String words() {
    return mbps.isEmpty() ? "links " + name : name + " Mbit/s";
  }
}
