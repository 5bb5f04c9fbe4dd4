package org.edgeld.workbench.chart;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.ChannelSums;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.words.Figures;

/**
 * Says what a device computes of one layer.
 *
 * @param graph the model
 * @param shapes of all tensors
 * @param layer index in the graph
 * @param strips of the device in the layer, at least one
 * @param summed input channels of the device's partial sum, none if it computes no such
 */
public record StripWords(
    ModelGraph graph, List<TensorShape> shapes, int layer, List<Strip> strips, Range summed) {
  /** More tiles than these are only counted. */
  private static final int FEW = 2;

  /** Returns the words for a device of a picture, which has strips in that layer. */
  public static StripWords of(PlanPicture picture, StagePicture stage, int layer, DeviceId device) {
    List<Strip> own = stage.strips(layer - stage.stage().block().layerStart(), device);
    return new StripWords(
        picture.graph(), picture.shapes(), layer, own, stage.stage().summed(device));
  }

  private boolean sums() {
    return !summed.isEmpty();
  }

  private int inputChannels() {
    return ChannelSums.channels(graph, new Block(layer, layer + 1));
  }

  private TensorShape shape() {
    return shapes.get(layer + 1);
  }

  /** Returns which indices the device owns, such as {@code rows 0 – 27}. */
  public String owned() {
    return sums() ? "input channels " + indices(summed) : places(Strip::owned);
  }

  /** Returns which indices the device computes. */
  public String computed() {
    return sums() ? "partial sum over input channels " + indices(summed) : places(Strip::computed);
  }

  /** Returns how much of the layer the device owns, such as {@code 28 of 224}. */
  public String ownedOf() {
    if (sums()) {
      return summed.size() + " of " + inputChannels();
    }
    Region region = strips.get(0).owned();
    TensorShape shape = shape();
    if (strips.size() == 1 && region.columns().size() == shape.width()) {
      return region.channels().size() == shape.channels()
          ? region.rows().size() + " of " + shape.height()
          : region.channels().size() + " of " + shape.channels();
    }
    return Figures.percent(elements(Strip::owned) / (double) shape.elements()) + " of it";
  }

  /** Returns what the device computes besides what it owns, such as {@code +2 halo}. */
  public String halo() {
    if (sums()) {
      return "all outputs";
    }
    Region owned = strips.get(0).owned();
    Region computed = strips.get(0).computed();
    if (strips.size() == 1 && owned.with(Axis.ROWS, computed.rows()).equals(computed)) {
      return "+" + (computed.rows().size() - owned.rows().size()) + " halo";
    }
    double more = elements(Strip::computed) / (double) Math.max(1, elements(Strip::owned)) - 1;
    return "+" + Figures.percent(Math.max(0, more)) + " halo";
  }

  /** Returns the operations of what the device computes. */
  public long flops() {
    if (sums()) {
      return Math.round((double) wholeFlops() * summed.size() / inputChannels());
    }
    return strips.stream()
        .mapToLong(strip -> OperatorCost.flops(graph, shapes, layer, strip.computed()))
        .sum();
  }

  /** Returns the operations of the whole layer. */
  public long wholeFlops() {
    return OperatorCost.flops(graph, shapes, layer, shape().height());
  }

  /** Returns the size of what the device computes, such as {@code 64 × 28 × 224}. */
  public String extent() {
    Region region = sums() ? Region.whole(shape()) : strips.get(0).computed();
    return strips.size() > 1
        ? strips.size() + " tiles"
        : "%d × %d × %d"
            .formatted(region.channels().size(), region.rows().size(), region.columns().size());
  }

  /** Returns the bytes of what the device computes. */
  public long bytes() {
    return sums()
        ? shape().bytes()
        : strips.stream().mapToLong(strip -> strip.computed().bytes()).sum();
  }

  private long elements(Function<Strip, Region> part) {
    return strips.stream().mapToLong(strip -> part.apply(strip).elements()).sum();
  }

  private String places(Function<Strip, Region> part) {
    return strips.size() > FEW
        ? strips.size() + " tiles"
        : strips.stream().map(part).map(this::place).collect(Collectors.joining("; "));
  }

  private String place(Region region) {
    if (region.isEmpty()) {
      return "none";
    }
    if (region.channels().size() < shape().channels()) {
      return "channels " + indices(region.channels());
    }
    return "rows "
        + indices(region.rows())
        + (region.columns().size() < shape().width()
            ? ", columns " + indices(region.columns())
            : "");
  }

  private static String indices(Range range) {
    return range.start() + " – " + (range.end() - 1);
  }
}
