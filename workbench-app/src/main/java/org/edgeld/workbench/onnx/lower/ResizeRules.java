package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.model.Interpolation;
import org.edgeld.model.Operator;
import org.edgeld.model.Resample;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** Resampling along rows and columns. */
final class ResizeRules {
  /** The first version of Resize with a region of interest, and coordinates to choose. */
  private static final int WITH_COORDINATES = 11;

  private ResizeRules() {}

  static void addTo(Map<String, LowerRule> rules) {
    rules.put("Resize", LowerRule.single(ResizeRules::resize));
    rules.put("Upsample", LowerRule.single(ResizeRules::resize));
  }

  /**
   * What an axis becomes.
   *
   * @param size its new extent
   * @param scale factor, as coordinates are computed with
   */
  private record Scale(int size, double scale) {}

  private static Value resize(LowerCall call) throws DefectException {
    Value.Mapped input = call.mapped(0);
    Dims dims = input.dims();
    List<Scale> scales = scales(call, dims);
    OnnxNode node = call.node();
    if (node.whole("antialias", 0) != 0) {
      throw new DefectException("it smooths before it makes a tensor smaller");
    }
    if (node.whole("exclude_outside", 0) != 0) {
      throw new DefectException("it excludes what is outside");
    }
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (!policy.equals("stretch")) {
      throw new DefectException("its keep_aspect_ratio_policy is " + policy);
    }
    for (int axis = 0; axis < dims.rank(); axis++) {
      if ((axis < 2 || axis > 3) && scales.get(axis).size() != dims.extent(axis)) {
        throw new DefectException("it resizes axis %d of %s".formatted(axis, dims));
      }
    }
    if (dims.rank() < 3 || dims.rank() > 4) {
      throw new DefectException("it resizes a tensor of the extents " + dims);
    }
    Value.Mapped x = call.placed(input, Placement.spatial(dims.rank()));
    Resample vertical = resample(call, dims.extent(2), scales.get(2));
    Resample horizontal =
        dims.rank() > 3 ? resample(call, dims.extent(3), scales.get(3)) : Resample.identity(1);
    if (vertical.isIdentity() && horizontal.isIdentity()) {
      return x;
    }
    Dims resized = dims.with(2, vertical.outputSize());
    if (dims.rank() > 3) {
      resized = resized.with(3, horizontal.outputSize());
    }
    Operator operator = new Operator.Resize(vertical, horizontal);
    return call.apply(operator, x, resized, Placement.spatial(dims.rank()));
  }

  private static List<Scale> scales(LowerCall call, Dims dims) throws DefectException {
    OnnxNode node = call.node();
    boolean coordinates = node.operator().equals("Resize") && call.version() >= WITH_COORDINATES;
    Optional<Constant> sizes = coordinates ? call.constant(3) : Optional.empty();
    List<Integer> axes = namedAxes(call, dims);
    List<Scale> scales = new ArrayList<>();
    dims.extents().forEach(extent -> scales.add(new Scale(extent, 1)));
    if (sizes.isPresent() && sizes.get().size() > 0) {
      List<Long> given = sizes.get().integerList();
      requireCount(given.size(), axes);
      for (int i = 0; i < axes.size(); i++) {
        int size = Windows.bounded("size", given.get(i), 1);
        scales.set(axes.get(i), new Scale(size, size / (double) dims.extent(axes.get(i))));
      }
      return scales;
    }
    List<Double> given = factors(call, coordinates ? 2 : 1);
    requireCount(given.size(), axes);
    for (int i = 0; i < axes.size(); i++) {
      int extent = dims.extent(axes.get(i));
      double factor = given.get(i);
      long size = (long) Math.floor(extent * factor);
      scales.set(axes.get(i), new Scale(Windows.bounded("size", size, 1), factor));
    }
    return scales;
  }

  private static List<Double> factors(LowerCall call, int input) throws DefectException {
    var attribute = call.node().attribute("scales");
    if (attribute.isPresent() && attribute.get() instanceof OnnxAttribute.Reals reals) {
      return reals.values().stream().map(Float::doubleValue).toList();
    }
    if (call.node().has("height_scale")) {
      return List.of(
          1.0,
          1.0,
          (double) call.node().real("height_scale", 1),
          (double) call.node().real("width_scale", 1));
    }
    return call.known(input, "scales").realList();
  }

  private static List<Integer> namedAxes(LowerCall call, Dims dims) throws DefectException {
    Optional<List<Long>> named = call.node().wholes("axes");
    List<Integer> axes = new ArrayList<>();
    if (named.isPresent()) {
      for (long axis : named.get()) {
        axes.add(dims.axis(axis));
      }
    } else {
      for (int axis = 0; axis < dims.rank(); axis++) {
        axes.add(axis);
      }
    }
    return Collections.unmodifiableList(axes);
  }

  private static void requireCount(int count, List<Integer> axes) throws DefectException {
    if (count != axes.size()) {
      throw new DefectException("it has %d sizes for %d axes".formatted(count, axes.size()));
    }
  }

  private static Resample resample(LowerCall call, int size, Scale scale) throws DefectException {
    if (scale.size() == size && scale.scale() == 1) {
      return Resample.identity(size);
    }
    OnnxNode node = call.node();
    boolean chooses = node.operator().equals("Resize") && call.version() >= WITH_COORDINATES;
    String mode =
        chooses ? node.text("coordinate_transformation_mode", "half_pixel") : "asymmetric";
    Interpolation interpolation = interpolation(node, chooses);
    double step = 1 / scale.scale();
    double offset =
        switch (mode) {
          case "asymmetric", "align_corners" -> 0;
          case "half_pixel" -> step / 2 - 0.5;
          case "pytorch_half_pixel" -> scale.size() > 1 ? step / 2 - 0.5 : 0;
          case "tf_half_pixel_for_nn" -> step / 2;
          case "half_pixel_symmetric" -> symmetricOffset(size, scale);
          default -> throw new DefectException("its coordinate_transformation_mode is " + mode);
        };
    if (mode.equals("align_corners")) {
      // as ONNX defines it: by the scaled extent before it is rounded
      step = scale.size() > 1 ? (size - 1) / (scale.scale() * size - 1) : 0;
    }
    return new Resample(size, scale.size(), step, offset, interpolation);
  }

  private static double symmetricOffset(int size, Scale scale) {
    double adjustment = scale.size() / (scale.scale() * size);
    double centre = size / 2.0;
    return centre * (1 - adjustment) + 0.5 / scale.scale() - 0.5;
  }

  private static Interpolation interpolation(OnnxNode node, boolean chooses)
      throws DefectException {
    String mode = node.text("mode", "nearest");
    switch (mode) {
      case "nearest" -> {
        String nearest = chooses ? node.text("nearest_mode", "round_prefer_floor") : "floor";
        return switch (nearest) {
          case "round_prefer_floor" -> Interpolation.NEAREST_PREFER_FLOOR;
          case "round_prefer_ceil" -> Interpolation.NEAREST_PREFER_CEIL;
          case "floor" -> Interpolation.NEAREST_FLOOR;
          case "ceil" -> Interpolation.NEAREST_CEIL;
          default -> throw new DefectException("its nearest_mode is " + nearest);
        };
      }
      case "linear", "bilinear" -> {
        return Interpolation.LINEAR;
      }
      case "cubic" -> {
        float factor = node.real("cubic_coeff_a", -0.75);
        if (factor == -0.75f) {
          return Interpolation.CUBIC;
        }
        if (factor == -0.5f) {
          return Interpolation.CUBIC_HALF;
        }
        throw new DefectException("its cubic_coeff_a is " + factor);
      }
      default -> throw new DefectException("its mode is " + mode);
    }
  }
}
