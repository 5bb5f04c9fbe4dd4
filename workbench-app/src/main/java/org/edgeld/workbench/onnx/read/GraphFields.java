package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.OnnxGraph;
import org.edgeld.workbench.onnx.graph.OnnxNode;
import org.edgeld.workbench.onnx.graph.OnnxValue;

/** Collects the fields of one {@code GraphProto}. */
final class GraphFields {
  private final Source source;
  private final List<OnnxNode> nodes = new ArrayList<>();
  private final Map<String, Constant> initialisers = new HashMap<>();
  private final List<OnnxValue> inputs = new ArrayList<>();
  private final List<OnnxValue> outputs = new ArrayList<>();
  private String name = "";

  /**
   * What is read from.
   *
   * @param wire walks over the file
   * @param file the file itself
   * @param external files beside it
   * @param budget how much may be held
   */
  record Source(Wire wire, DataFile file, ExternalFiles external, ReadBudget budget) {}

  GraphFields(Source source) {
    this.source = source;
  }

  /** Reads the message that comes next. */
  OnnxGraph read() throws IOException, DefectException {
    source.wire().message(this::field);
    return new OnnxGraph(name, nodes, initialisers, inputs, outputs);
  }

  private void field(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case GraphProto.NODE_FIELD_NUMBER -> nodes.add(new NodeFields(source).read());
      case GraphProto.NAME_FIELD_NUMBER -> name = wire.text();
      case GraphProto.INITIALIZER_FIELD_NUMBER -> {
        source.budget().countNode();
        TensorFields fields = new TensorFields(wire, source.file(), source.external());
        Constant constant = fields.read();
        initialisers.put(fields.name(), constant);
      }
      case GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER ->
          throw new DefectException("it has sparse weights, which are not supported");
      case GraphProto.INPUT_FIELD_NUMBER -> inputs.add(value());
      case GraphProto.OUTPUT_FIELD_NUMBER -> outputs.add(value());
      default -> wire.skip(tag);
    }
  }

  private OnnxValue value() throws IOException, DefectException {
    source.budget().countNode();
    ValueInfoProto info = ValueInfoProto.parseFrom(source.wire().small());
    TypeProto type = info.getType();
    if (!type.hasTensorType()) {
      // a file may leave out the type of an inner graph's values
      String kind =
          type.getValueCase() == TypeProto.ValueCase.VALUE_NOT_SET ? "tensor" : kind(type);
      return new OnnxValue(info.getName(), kind, ElementType.UNDEFINED, Optional.empty());
    }
    TypeProto.Tensor tensor = type.getTensorType();
    return new OnnxValue(
        info.getName(),
        "tensor",
        ElementType.of(tensor.getElemType()),
        tensor.hasShape() ? Optional.of(extents(tensor)) : Optional.empty());
  }

  private static String kind(TypeProto type) {
    return switch (type.getValueCase()) {
      case SEQUENCE_TYPE -> "sequence";
      case MAP_TYPE -> "map";
      case OPTIONAL_TYPE -> "optional value";
      case SPARSE_TENSOR_TYPE -> "sparse tensor";
      default -> "value of an unknown type";
    };
  }

  private static List<OnnxValue.Extent> extents(TypeProto.Tensor tensor) throws DefectException {
    List<OnnxValue.Extent> extents = new ArrayList<>();
    for (var dim : tensor.getShape().getDimList()) {
      long value = dim.getDimValue();
      if (dim.hasDimValue() && value > Integer.MAX_VALUE) {
        throw new DefectException("an input or output has the extent " + value);
      }
      // a few exporters write 0 or -1 for an extent they do not fix
      boolean isFixed = dim.hasDimValue() && value > 0;
      extents.add(
          new OnnxValue.Extent(
              isFixed ? OptionalInt.of((int) value) : OptionalInt.empty(), dim.getDimParam()));
    }
    return extents;
  }
}
