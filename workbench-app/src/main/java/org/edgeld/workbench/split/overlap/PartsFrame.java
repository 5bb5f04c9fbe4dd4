package org.edgeld.workbench.split.overlap;

import java.util.List;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.link.SharedLinks;

/**
 * A frame after some stages. Adding a stage follows the simulator's rules (a slice is sent when the
 * parts that make it are done, interfaces are shared), but treats one stage after the other: an
 * interface is free when its last slice is over. So it takes a few microseconds. Immutable.
 *
 * @param fixed what all frames of a plan have in common
 * @param now when each processor is free
 * @param egress when each outgoing interface is free
 * @param ingress when each incoming interface is free
 * @param done when each part of the last stage was done, per device
 */
record PartsFrame(Fixed fixed, double[] now, double[] egress, double[] ingress, double[][] done) {

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

  /** Returns what {@link #latestNanos} cannot fall below with one more stage. */
  double atLeastWith(Division next) {
    double latest = 0;
    for (int device = 0; device < now.length; device++) {
      double nanos = now[device];
      for (Part part : next.parts()[device]) {
        nanos += part.nanos();
      }
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
    PartsStep step = new PartsStep(this, index, last);
    step.exchange(next);
    return step.compute(next);
  }

  /**
   * Returns when the head has all outputs.
   *
   * @param last how the last stage is cut
   */
  double latencyNanos(Division last) {
    PartsStep step = new PartsStep(this, fixed.stages().size(), last);
    Division nothing = new Division(Order.WHOLE, new Part[now.length][0]);
    step.exchange(nothing);
    return step.compute(nothing).now()[fixed.head()];
  }
}
