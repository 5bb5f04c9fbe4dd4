package org.edgeld.workbench.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;

/**
 * How regular one device is. Each class of operators is fitted by itself, by the relative error;
 * then each layer is held out in turn, and predicted from the others of its class. Layers of the
 * same operator on the same shapes count as one.
 *
 * @param classes in the order of {@link OperatorClass}, those that the model has
 * @param heldOut all measured boxes, but of layers that are alone in their class
 * @param alone how many different layers are alone in their class
 */
public record DeviceFit(List<ClassFit> classes, List<HeldOut> heldOut, int alone) {
  /** Errors up to this (10 %) are good. */
  public static final double GOOD = 0.1;

  /** A layer that takes less than this share (1 %) of the model is not among the worst. */
  private static final double NOTABLE = 0.01;

  public DeviceFit {
    classes = List.copyOf(classes);
    heldOut = List.copyOf(heldOut);
  }

  /** What makes two layers the same for an engine. */
  private record Signature(Operator operator, List<TensorShape> inputs) {}

  /** Fits the profile of a device. */
  public static DeviceFit of(ModelGraph graph, DeviceProfile device) {
    Map<OperatorClass, List<Work>> works = works(graph, device);
    List<ClassFit> classes = new ArrayList<>();
    List<HeldOut> heldOut = new ArrayList<>();
    int alone = 0;
    for (Map.Entry<OperatorClass, List<Work>> entry : works.entrySet()) {
      ClassFit fit = ClassFit.of(entry.getKey(), entry.getValue());
      classes.add(fit);
      if (fit.layers() == 1) {
        alone++;
      } else {
        heldOut.addAll(heldOut(entry.getKey(), entry.getValue()));
      }
    }
    return new DeviceFit(classes, heldOut, alone);
  }

  private static List<HeldOut> heldOut(OperatorClass kind, List<Work> works) {
    List<HeldOut> all = new ArrayList<>();
    for (int group : works.stream().map(Work::group).distinct().toList()) {
      ClassFit others =
          ClassFit.of(kind, works.stream().filter(work -> work.group() != group).toList());
      for (Work work : works) {
        if (work.group() == group) {
          double predicted = others.nanos(work.flops(), work.bytes());
          all.add(
              new HeldOut(
                  work.layerIndex(),
                  kind,
                  work.whole(),
                  work.nanos(),
                  predicted,
                  work.error(predicted)));
        }
      }
    }
    return all;
  }

  /** Returns what was measured of a device, by class; of equal layers only the first. */
  public static Map<OperatorClass, List<Work>> works(ModelGraph graph, DeviceProfile device) {
    List<TensorShape> shapes = graph.shapes();
    Map<Signature, Integer> groups = new HashMap<>();
    Map<OperatorClass, List<Work>> works = new EnumMap<>(OperatorClass.class);
    for (int i = 0; i < graph.layers().size(); i++) {
      Layer layer = graph.layers().get(i);
      Signature signature =
          new Signature(
              layer.operator(),
              layer.inputs().stream().map(tensor -> shapes.get(tensor.index())).toList());
      if (groups.putIfAbsent(signature, groups.size()) != null) {
        continue; // its times are those of the first, and would be no news
      }
      for (LayerTimes.Sample sample : device.layers().get(i).samples()) {
        Region box = box(shapes.get(i + 1), sample);
        works
            .computeIfAbsent(OperatorClass.of(layer.operator()), kind -> new ArrayList<>())
            .add(
                new Work(
                    i,
                    groups.size() - 1,
                    box.equals(Region.whole(shapes.get(i + 1))),
                    OperatorCost.flops(graph, shapes, i, box),
                    OperatorCost.bytes(graph, shapes, i, box),
                    sample.nanos()));
      }
    }
    return works;
  }

  /** Returns the box that was timed: from the middle of the map, from the first channel on. */
  private static Region box(TensorShape shape, LayerTimes.Sample sample) {
    return new Region(
        Range.upTo(sample.channels()),
        middle(shape.height(), sample.rows()),
        middle(shape.width(), sample.columns()));
  }

  private static Range middle(int extent, int size) {
    int start = (extent - size) / 2;
    return new Range(start, start + size);
  }

  /** Returns the median of the absolute errors of all boxes held out; 0 if there is none. */
  public double medianError() {
    List<Double> errors = heldOut.stream().map(out -> Math.abs(out.error())).sorted().toList();
    if (errors.isEmpty()) {
      return 0;
    }
    int middle = errors.size() / 2;
    return errors.size() % 2 == 1
        ? errors.get(middle)
        : (errors.get(middle - 1) + errors.get(middle)) / 2;
  }

  /** Returns which share of the boxes held out is predicted within {@link #GOOD}; 0 if none is. */
  public double shareWithin() {
    long good = heldOut.stream().filter(out -> Math.abs(out.error()) <= GOOD).count();
    return heldOut.isEmpty() ? 0 : (double) good / heldOut.size();
  }

  /**
   * Returns the whole layers with the largest errors, the worst first, without those whose time
   * does not matter.
   *
   * @param most how many at most
   */
  public List<HeldOut> worst(int most) {
    List<HeldOut> wholes = heldOut.stream().filter(HeldOut::whole).toList();
    double sum = wholes.stream().mapToDouble(HeldOut::measuredNanos).sum();
    return wholes.stream()
        .filter(out -> out.measuredNanos() >= NOTABLE * sum)
        .sorted(Comparator.comparingDouble((HeldOut out) -> -Math.abs(out.error())))
        .limit(most)
        .toList();
  }
}
