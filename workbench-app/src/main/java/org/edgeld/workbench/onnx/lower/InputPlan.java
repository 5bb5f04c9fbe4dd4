package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxNode;
import org.edgeld.workbench.onnx.graph.OnnxValue;

/**
 * How the one input of a model becomes a feature map.
 *
 * @param name the value
 * @param layout its extents, with batch 1, and where its axes lie
 * @param formerBatch the batch extent of the file, if it was another fixed one
 */
record InputPlan(String name, Layout layout, OptionalInt formerBatch) {
  /** Operators whose axis 0 is a batch of independent inputs. */
  private static final Set<String> BATCHED =
      Set.of(
          "Conv",
          "ConvTranspose",
          "MaxPool",
          "AveragePool",
          "GlobalAveragePool",
          "GlobalMaxPool",
          "BatchNormalization",
          "InstanceNormalization",
          "LRN",
          "DepthToSpace",
          "Resize",
          "Upsample");

  private static final int PICTURE_RANK = 4;

  /** Channels of pictures: who sees one of these last and not second has channels last. */
  private static final Set<Integer> PICTURE_CHANNELS = Set.of(1, 3, 4);

  /**
   * Returns the plan for a graph's input.
   *
   * @param nodes the nodes that are needed
   * @throws DefectException if there is no input or several, if it is of another type than real
   *     numbers, or if an extent is open that nobody chose
   */
  static InputPlan of(OnnxGraph graph, List<OnnxNode> nodes, InputSize chosen)
      throws DefectException {
    OnnxValue input = only(graph, nodes);
    List<OnnxValue.Extent> extents =
        input
            .axes()
            .orElseThrow(
                () ->
                    new DefectException(
                        "its input '%s' says nothing of its extents".formatted(input.name())));
    boolean batched = isBatched(extents, nodes);
    boolean channelsLast = batched && isChannelsLast(input, extents, nodes);
    List<Long> dims = new ArrayList<>();
    for (int axis = 0; axis < extents.size(); axis++) {
      dims.add((long) extent(input, extents, axis, batched, channelsLast, chosen));
    }
    Dims fixed = Dims.checked(dims);
    if (fixed.size() == 0) {
      throw new DefectException("its input has the extents " + fixed);
    }
    OptionalInt batch = batched ? extents.get(0).fixed() : OptionalInt.empty();
    Placement placement =
        channelsLast
            ? new Placement(List.of(3), List.of(1), List.of(2))
            : batched && fixed.rank() > 2
                ? Placement.spatial(fixed.rank())
                : Placement.usual(fixed);
    return new InputPlan(
        input.name(),
        Layout.of(fixed, placement),
        batch.isPresent() && batch.getAsInt() != 1 ? batch : OptionalInt.empty());
  }

  /** Returns what the input says of a picture, if it is one. */
  static Optional<PictureInput> picture(OnnxGraph graph, List<OnnxNode> nodes)
      throws DefectException {
    OnnxValue input = only(graph, nodes);
    List<OnnxValue.Extent> extents = input.axes().orElse(List.of());
    if (extents.size() != PICTURE_RANK || !isBatched(extents, nodes)) {
      return Optional.empty();
    }
    boolean channelsLast = isChannelsLast(input, extents, nodes);
    return Optional.of(
        new PictureInput(
            channelsLast,
            extents.get(channelsLast ? 3 : 1).fixed(),
            extents.get(channelsLast ? 1 : 2).fixed(),
            extents.get(channelsLast ? 2 : 3).fixed(),
            extents.toString()));
  }

  private static boolean isBatched(List<OnnxValue.Extent> extents, List<OnnxNode> nodes) {
    return !extents.isEmpty()
        && (extents.get(0).fixed().isEmpty()
            || nodes.stream().anyMatch(node -> BATCHED.contains(node.operator())));
  }

  private static boolean isChannelsLast(
      OnnxValue input, List<OnnxValue.Extent> extents, List<OnnxNode> nodes) {
    return isChannelsLast(extents) && nodes.stream().noneMatch(node -> isFirst(node, input));
  }

  private static OnnxValue only(OnnxGraph graph, List<OnnxNode> nodes) throws DefectException {
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(node.reads()));
    graph.outputs().forEach(output -> read.add(output.name()));
    List<OnnxValue> inputs =
        graph.inputs().stream().filter(input -> read.contains(input.name())).toList();
    if (inputs.size() != 1) {
      throw new DefectException(
          inputs.isEmpty()
              ? "its outputs depend on no input"
              : "it has %d inputs (%s), where one picture is supported"
                  .formatted(
                      inputs.size(),
                      String.join(", ", inputs.stream().map(OnnxValue::name).toList())));
    }
    OnnxValue input = inputs.get(0);
    if (!input.isTensor() || !input.type().isReal()) {
      throw new DefectException(
          "its input '%s' is a %s of %s, where a tensor of float is supported"
              .formatted(
                  input.name(),
                  input.kind(),
                  input.type() == ElementType.UNDEFINED ? "an unknown type" : input.type()));
    }
    return input;
  }

  /** Tells whether a node that wants channels second reads the input as it is. */
  private static boolean isFirst(OnnxNode node, OnnxValue input) {
    return BATCHED.contains(node.operator()) && node.inputs().contains(input.name());
  }

  private static boolean isChannelsLast(List<OnnxValue.Extent> extents) {
    return extents.size() == PICTURE_RANK
        && extents.get(3).fixed().isPresent()
        && PICTURE_CHANNELS.contains(extents.get(3).fixed().getAsInt())
        && !(extents.get(1).fixed().isPresent()
            && PICTURE_CHANNELS.contains(extents.get(1).fixed().getAsInt()));
  }

  private static int extent(
      OnnxValue input,
      List<OnnxValue.Extent> extents,
      int axis,
      boolean batched,
      boolean channelsLast,
      InputSize chosen)
      throws DefectException {
    OptionalInt fixed = extents.get(axis).fixed();
    if (batched && axis == 0) {
      return 1;
    }
    int rank = extents.size();
    int heightAxis = channelsLast ? 1 : Math.max(0, rank - 2);
    int widthAxis = channelsLast ? 2 : rank - 1;
    boolean isPicture = batched && rank == PICTURE_RANK;
    if (isPicture && axis == heightAxis && chosen.height().isPresent()) {
      return chosen.height().getAsInt();
    }
    if (isPicture && axis == widthAxis && chosen.width().isPresent()) {
      return chosen.width().getAsInt();
    }
    if (fixed.isPresent()) {
      return fixed.getAsInt();
    }
    if (isPicture && (axis == heightAxis || axis == widthAxis)) {
      throw new DefectException(
          "it leaves the %s of its input '%s' %s open. Maybe choose an input size"
              .formatted(axis == heightAxis ? "height" : "width", input.name(), extents));
    }
    throw new DefectException(
        "it leaves extent %d of its input '%s' %s open. Maybe export it with a fixed one"
            .formatted(axis, input.name(), extents));
  }
}
