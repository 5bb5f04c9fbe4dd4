package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxFunction;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** Collects the fields of one {@code FunctionProto}. */
final class FunctionFields {
  private final GraphFields.Source source;
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, OnnxAttribute> defaults = new HashMap<>();
  private final Map<String, Integer> versions = new HashMap<>();
  private final List<OnnxNode> nodes = new ArrayList<>();
  private String domain = "";
  private String name = "";
  private String overload = "";

  FunctionFields(GraphFields.Source source) {
    this.source = source;
  }

  /** Reads the message that comes next. */
  OnnxFunction read() throws IOException, DefectException {
    source.budget().countNode();
    source.wire().message(this::field);
    return new OnnxFunction(domain, name + overload, inputs, outputs, defaults, versions, nodes);
  }

  private void field(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case FunctionProto.NAME_FIELD_NUMBER -> name = wire.text();
      case FunctionProto.DOMAIN_FIELD_NUMBER -> domain = Domains.usual(wire.text());
      case FunctionProto.OVERLOAD_FIELD_NUMBER -> overload = Domains.overload(wire.text());
      case FunctionProto.INPUT_FIELD_NUMBER -> item(inputs);
      case FunctionProto.OUTPUT_FIELD_NUMBER -> item(outputs);
      case FunctionProto.NODE_FIELD_NUMBER -> nodes.add(new NodeFields(source).read());
      case FunctionProto.ATTRIBUTE_PROTO_FIELD_NUMBER -> {
        source.budget().countItem();
        AttributeFields fields = new AttributeFields(source);
        OnnxAttribute attribute = fields.read();
        defaults.put(fields.name(), attribute);
      }
      case FunctionProto.OPSET_IMPORT_FIELD_NUMBER -> {
        OperatorSetIdProto set = OperatorSetIdProto.parseFrom(wire.small());
        versions.put(Domains.usual(set.getDomain()), (int) set.getVersion());
      }
      default -> wire.skip(tag);
    }
  }

  private void item(List<String> names) throws IOException, DefectException {
    source.budget().countItem();
    names.add(source.wire().text());
  }
}
