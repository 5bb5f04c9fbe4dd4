package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxNode;

/** Collects the fields of one {@code NodeProto}. */
final class NodeFields {
  private final GraphFields.Source source;
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Map<String, OnnxAttribute> attributes = new HashMap<>();
  private String name = "";
  private String domain = "";
  private String operator = "";
  private String overload = "";

  NodeFields(GraphFields.Source source) {
    this.source = source;
  }

  /** Reads the message that comes next. */
  OnnxNode read() throws IOException, DefectException {
    source.budget().countNode();
    source.wire().message(this::field);
    return new OnnxNode(name, domain, operator + overload, 0, inputs, outputs, attributes);
  }

  private void field(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case NodeProto.INPUT_FIELD_NUMBER -> item(inputs);
      case NodeProto.OUTPUT_FIELD_NUMBER -> item(outputs);
      case NodeProto.NAME_FIELD_NUMBER -> name = wire.text();
      case NodeProto.OP_TYPE_FIELD_NUMBER -> operator = wire.text();
      case NodeProto.DOMAIN_FIELD_NUMBER -> domain = Domains.usual(wire.text());
      case NodeProto.OVERLOAD_FIELD_NUMBER -> overload = Domains.overload(wire.text());
      case NodeProto.ATTRIBUTE_FIELD_NUMBER -> {
        source.budget().countItem();
        AttributeFields fields = new AttributeFields(source);
        OnnxAttribute attribute = fields.read();
        attributes.put(fields.name(), attribute);
      }
      default -> wire.skip(tag);
    }
  }

  private void item(List<String> names) throws IOException, DefectException {
    source.budget().countItem();
    names.add(source.wire().text());
  }
}
