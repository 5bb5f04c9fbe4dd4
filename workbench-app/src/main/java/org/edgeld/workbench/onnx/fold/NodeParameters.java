package org.edgeld.workbench.onnx.fold;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;

/**
 * Parameters of nodes that operators on constants and on feature maps share. Over the versions of
 * ONNX many moved from attributes to inputs; both are read, whichever is there.
 */
public final class NodeParameters {
  private NodeParameters() {}

  /**
   * Part of a tensor along an axis: elements {@code start, start + step, …}.
   *
   * @param axis which axis
   * @param start first element
   * @param step distance, negative if backwards
   * @param count how many elements
   */
  public record AxisSlice(int axis, int start, int step, int count) {}

  /** Returns whole numbers given as an attribute or else as an input. */
  public static Optional<List<Long>> wholes(NodeInputs call, String attribute, int input)
      throws DefectException {
    Optional<List<Long>> given = call.node().wholes(attribute);
    if (given.isPresent()) {
      return given;
    }
    Optional<Constant> constant = call.constant(input);
    return constant.isEmpty() ? Optional.empty() : Optional.of(constant.get().integerList());
  }

  /** Returns axes of a tensor, ascending and each once. */
  public static List<Integer> axes(Dims dims, List<Long> axes) throws DefectException {
    TreeSet<Integer> ascending = new TreeSet<>();
    for (long axis : axes) {
      ascending.add(dims.axis(axis));
    }
    return List.copyOf(ascending);
  }

  /** Returns the extents that Reshape yields. */
  public static Dims reshaped(Dims dims, List<Long> target, boolean allowZero)
      throws DefectException {
    List<Long> extents = new ArrayList<>();
    int open = -1;
    long known = 1;
    for (int axis = 0; axis < target.size(); axis++) {
      long extent = target.get(axis);
      if (extent == 0 && !allowZero) {
        extent = dims.extent(dims.axis(axis));
      }
      if (extent == -1) {
        if (open >= 0) {
          throw new DefectException("its shape " + target + " leaves two extents open");
        }
        open = axis;
      } else {
        known *= extent;
      }
      extents.add(extent);
    }
    if (open >= 0) {
      extents.set(open, known == 0 ? 0 : dims.size() / known);
    }
    Dims result = Dims.checked(extents);
    if (result.size() != dims.size()) {
      throw new DefectException("it makes %s of %s".formatted(target, dims));
    }
    return result;
  }

  /** Returns the extents that Flatten yields. */
  public static Dims flattened(NodeInputs call, Dims dims) throws DefectException {
    long axis = call.node().whole("axis", 1);
    int cut = axis == dims.rank() ? dims.rank() : dims.axis(axis);
    int outer = new Dims(dims.extents().subList(0, cut)).size();
    return Dims.of(outer, outer == 0 ? 0 : dims.size() / outer);
  }

  /** Returns the extents that Squeeze yields. */
  public static Dims squeezed(NodeInputs call, Dims dims) throws DefectException {
    Optional<List<Long>> given = wholes(call, "axes", 1);
    List<Integer> axes = given.isPresent() ? axes(dims, given.get()) : List.of();
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < dims.rank(); axis++) {
      boolean dropped = given.isPresent() ? axes.contains(axis) : dims.extent(axis) == 1;
      if (dropped && dims.extent(axis) != 1) {
        throw new DefectException("it drops axis %d of %s".formatted(axis, dims));
      }
      if (!dropped) {
        kept.add(dims.extent(axis));
      }
    }
    return new Dims(kept);
  }

  /** Returns the extents that Unsqueeze yields. */
  public static Dims unsqueezed(NodeInputs call, Dims dims) throws DefectException {
    List<Long> given =
        wholes(call, "axes", 1).orElseThrow(() -> new DefectException("its axes are missing"));
    int rank = dims.rank() + given.size();
    List<Integer> added = axes(new Dims(Collections.nCopies(rank, 1)), given);
    if (added.size() != given.size()) {
      throw new DefectException("it names an axis twice: " + given);
    }
    List<Integer> extents = new ArrayList<>(dims.extents());
    added.forEach(axis -> extents.add(axis, 1));
    return new Dims(extents);
  }

  /** Returns which axis of the input becomes each axis of Transpose's result. */
  public static List<Integer> permutation(NodeInputs call, Dims dims) throws DefectException {
    List<Integer> permutation = new ArrayList<>();
    Optional<List<Long>> given = call.node().wholes("perm");
    for (int axis = 0; axis < dims.rank(); axis++) {
      permutation.add(dims.rank() - 1 - axis);
    }
    if (given.isPresent()) {
      permutation.clear();
      for (long axis : given.get()) {
        permutation.add(dims.axis(axis));
      }
    }
    if (permutation.size() != dims.rank() || new TreeSet<>(permutation).size() != dims.rank()) {
      throw new DefectException(
          "it exchanges axes %s of a tensor of the extents %s".formatted(permutation, dims));
    }
    return permutation;
  }

  /** Returns what Slice takes along each axis it names. */
  public static List<AxisSlice> slices(NodeInputs call, Dims dims) throws DefectException {
    List<Long> starts = required(wholes(call, "starts", 1), "starts");
    List<Long> ends = required(wholes(call, "ends", 2), "ends");
    List<Long> axes = wholes(call, "axes", 3).orElseGet(() -> naturalAxes(starts.size()));
    Optional<Constant> stepInput = call.constant(4);
    List<Long> steps =
        stepInput.isPresent()
            ? stepInput.get().integerList()
            : Collections.nCopies(starts.size(), 1L);
    if (ends.size() != starts.size()
        || axes.size() != starts.size()
        || steps.size() != starts.size()) {
      throw new DefectException("it has starts, ends, axes and steps of different lengths");
    }
    List<AxisSlice> slices = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int axis = dims.axis(axes.get(i));
      slices.add(slice(axis, dims.extent(axis), starts.get(i), ends.get(i), steps.get(i)));
    }
    return slices;
  }

  private static List<Long> naturalAxes(int count) {
    List<Long> axes = new ArrayList<>();
    for (long axis = 0; axis < count; axis++) {
      axes.add(axis);
    }
    return axes;
  }

  private static AxisSlice slice(int axis, int extent, long start, long end, long step)
      throws DefectException {
    if (step == 0 || Math.abs(step) > Integer.MAX_VALUE) {
      throw new DefectException("its step is " + step);
    }
    long from = start < 0 ? start + extent : start;
    long to = end < 0 ? end + extent : end;
    long count;
    if (step > 0) {
      from = Math.max(0, Math.min(extent, from));
      to = Math.max(0, Math.min(extent, to));
      count = to <= from ? 0 : (to - from - 1) / step + 1;
    } else {
      from = Math.max(0, Math.min(extent - 1, from));
      to = Math.max(-1, Math.min(extent - 1, to));
      count = to >= from ? 0 : (from - to - 1) / -step + 1;
    }
    return new AxisSlice(axis, (int) from, (int) step, (int) count);
  }

  /** Returns how many elements each output of Split takes along {@code axis}. */
  public static List<Integer> parts(NodeInputs call, Dims dims, int axis) throws DefectException {
    Optional<List<Long>> given = wholes(call, "split", 1);
    int extent = dims.extent(axis);
    int outputs = call.node().outputs().size();
    List<Integer> parts = new ArrayList<>();
    if (given.isPresent()) {
      for (long part : given.get()) {
        parts.add((int) Math.max(0, Math.min(extent, part)));
      }
    } else {
      int size = (extent + outputs - 1) / outputs;
      for (int i = 0; i < outputs; i++) {
        parts.add(Math.max(0, Math.min(size, extent - i * size)));
      }
    }
    if (parts.size() != outputs || parts.stream().mapToInt(Integer::intValue).sum() != extent) {
      throw new DefectException("it divides %d elements into %s".formatted(extent, parts));
    }
    return parts;
  }

  /** Returns the axes that a reduction runs over, ascending. */
  public static List<Integer> reducedAxes(NodeInputs call, Dims dims) throws DefectException {
    Optional<List<Long>> given = wholes(call, "axes", 1);
    if (given.isPresent() && !given.get().isEmpty()) {
      return axes(dims, given.get());
    }
    if (call.node().whole("noop_with_empty_axes", 0) != 0) {
      return List.of();
    }
    return axes(dims, naturalAxes(dims.rank()));
  }

  /** Returns extents without those of {@code axes}, or with 1 in their places. */
  public static Dims reduced(Dims dims, List<Integer> axes, boolean keep) {
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < dims.rank(); axis++) {
      if (!axes.contains(axis)) {
        extents.add(dims.extent(axis));
      } else if (keep) {
        extents.add(1);
      }
    }
    return new Dims(extents);
  }

  private static <T> T required(Optional<T> value, String what) throws DefectException {
    return value.orElseThrow(() -> new DefectException("its " + what + " are missing"));
  }
}
