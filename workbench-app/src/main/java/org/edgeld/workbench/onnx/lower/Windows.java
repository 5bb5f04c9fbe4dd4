package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Window;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/**
 * The windows of a convolution or pooling along the rows and columns.
 *
 * @param vertical along axis 2
 * @param horizontal along axis 3, or one that changes nothing
 */
record Windows(Window vertical, Window horizontal) {
  private static final long EXTENT_LIMIT = 1 << 20;
  private static final Window UNCHANGED = Window.of(1, 1, 0);

  /**
   * Reads the attributes of a node.
   *
   * @param kernel extents of the kernel
   * @param input extents of the input, N×C×rows or N×C×rows×columns
   */
  static Windows of(OnnxNode node, List<Integer> kernel, Dims input) throws DefectException {
    int count = input.rank() - 2;
    if (count < 1 || count > 2 || kernel.size() != count) {
      throw new DefectException(
          "it works along %d axes of a tensor of %d, where one or two of three or four are supported"
              .formatted(kernel.size(), input.rank()));
    }
    List<Long> strides = list(node, "strides", count, 1);
    List<Long> dilations = list(node, "dilations", count, 1);
    List<Long> pads = list(node, "pads", 2 * count, 0);
    String automatic = node.text("auto_pad", "NOTSET");
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int stride = bounded("stride", strides.get(i), 1);
      int dilation = bounded("dilation", dilations.get(i), 1);
      int extent = bounded("kernel", (long) dilation * (kernel.get(i) - 1) + 1, 1);
      int before;
      int after;
      switch (automatic) {
        case "NOTSET" -> {
          before = bounded("padding", pads.get(i), 0);
          after = bounded("padding", pads.get(count + i), 0);
        }
        case "VALID" -> {
          before = 0;
          after = 0;
        }
        case "SAME_UPPER", "SAME_LOWER" -> {
          int size = input.extent(2 + i);
          int outputs = (size + stride - 1) / stride;
          int total = Math.max(0, (outputs - 1) * stride + extent - size);
          before = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
          after = total - before;
        }
        default -> throw new DefectException("its auto_pad is " + automatic);
      }
      windows.add(new Window(kernel.get(i), stride, before, after, dilation));
    }
    return new Windows(windows.get(0), count > 1 ? windows.get(1) : UNCHANGED);
  }

  /** Returns the kernel that a node names. */
  static List<Integer> kernel(OnnxNode node) throws DefectException {
    List<Integer> kernel = new ArrayList<>();
    for (long extent :
        node.wholes("kernel_shape")
            .orElseThrow(() -> new DefectException("its kernel_shape is missing"))) {
      kernel.add(bounded("kernel", extent, 1));
    }
    return kernel;
  }

  /** Returns whole numbers of a node, or {@code count} times {@code other}. */
  static List<Long> list(OnnxNode node, String key, int count, long other) throws DefectException {
    Optional<List<Long>> given = node.wholes(key);
    if (given.isPresent() && given.get().size() != count) {
      throw new DefectException("its %s are %s, not %d".formatted(key, given.get(), count));
    }
    return given.orElse(Collections.nCopies(count, other));
  }

  /** Returns a number as an int. */
  static int bounded(String what, long value, int least) throws DefectException {
    if (value < least || value > EXTENT_LIMIT) {
      throw new DefectException(
          "its %s is %d, not within %d to %d".formatted(what, value, least, EXTENT_LIMIT));
    }
    return (int) value;
  }
}
