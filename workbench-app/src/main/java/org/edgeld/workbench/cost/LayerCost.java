package org.edgeld.workbench.cost;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LayerTimes.Sample;

/**
 * Time of any box of one layer's output. A share {@code s} of the map (rows and columns) takes
 * {@code m(s)} and a share {@code c} of the channels {@code k(c)}, as measured; both together take
 * {@code m(s)·k(c)/m(1)}. Where channels were not measured a box counts as the share {@code s·c} of
 * the map, which has as many elements.
 */
final class LayerCost {
  private final TensorShape shape;
  private final ShareCurve map;
  private final ShareCurve channels;
  private final boolean channelsMeasured;

  LayerCost(LayerTimes times) {
    this.shape = times.shape();
    this.map =
        curve(
            times,
            sample -> sample.channels() == shape.channels() && sample.columns() == shape.width(),
            sample -> (double) sample.rows() / shape.height());
    this.channels =
        curve(
            times,
            sample -> sample.rows() == shape.height() && sample.columns() == shape.width(),
            sample -> (double) sample.channels() / shape.channels());
    this.channelsMeasured =
        times.samples().stream().anyMatch(sample -> sample.channels() < shape.channels());
  }

  private static ShareCurve curve(
      LayerTimes times, Predicate<Sample> wanted, ToDoubleFunction<Sample> share) {
    List<ShareCurve.Point> points =
        times.samples().stream()
            .filter(wanted)
            .map(sample -> new ShareCurve.Point(share.applyAsDouble(sample), sample.nanos()))
            .toList();
    return new ShareCurve(points);
  }

  /** Returns the time of a box, 0 for an empty one. */
  double nanos(Region box) {
    if (box.isEmpty()) {
      return 0;
    }
    double mapShare =
        (double) box.rows().size() * box.columns().size() / (shape.height() * shape.width());
    return nanos(mapShare, (double) box.channels().size() / shape.channels());
  }

  private double nanos(double mapShare, double channelShare) {
    if (!channelsMeasured) {
      return map.nanos(mapShare * channelShare);
    }
    return map.nanos(mapShare) * ofWhole(channels.nanos(channelShare), channelShare);
  }

  /**
   * Returns the time of a partial sum over some input channels. It does as much and reads as many
   * weights as the same share of the output channels does.
   *
   * @param share of the input channels
   */
  double partialNanos(Region box, double share) {
    if (box.isEmpty()) {
      return 0;
    }
    double mapShare =
        (double) box.rows().size() * box.columns().size() / (shape.height() * shape.width());
    return nanos(mapShare, share * box.channels().size() / shape.channels());
  }

  /** Returns the least time per share of the output's elements, over all boxes. */
  double leastNanosPerShare() {
    return map.leastNanosPerShare()
        * (channelsMeasured ? ofWhole(channels.leastNanosPerShare(), 1) : 1);
  }

  /** Returns the time of the whole layer. */
  double wholeNanos() {
    return map.wholeNanos();
  }

  private double ofWhole(double nanos, double share) {
    double whole = channels.wholeNanos();
    return whole > 0 ? nanos / whole : share;
  }
}
