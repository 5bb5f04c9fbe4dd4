package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;
import org.edgeld.workbench.onnx.graph.OnnxGraph;

/** Collects the fields of one {@code AttributeProto}. */
final class AttributeFields {
  private static final int UNKNOWN = 0;

  private final GraphFields.Source source;
  private final List<Long> wholes = new ArrayList<>();
  private final List<Float> reals = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final List<Constant> tensors = new ArrayList<>();
  private final List<OnnxGraph> graphs = new ArrayList<>();
  private long whole;
  private float real;
  private String text = "";
  private String reference = "";
  private String name = "";
  private int type = UNKNOWN;
  private int lastField = UNKNOWN;

  AttributeFields(GraphFields.Source source) {
    this.source = source;
  }

  String name() {
    return name;
  }

  /** Reads the message that comes next. */
  OnnxAttribute read() throws IOException, DefectException {
    source.wire().message(this::field);
    if (!reference.isEmpty()) {
      return new OnnxAttribute.Reference(reference);
    }
    return value(type == UNKNOWN ? impliedType() : type);
  }

  private void field(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case AttributeProto.NAME_FIELD_NUMBER -> name = wire.text();
      case AttributeProto.REF_ATTR_NAME_FIELD_NUMBER -> reference = wire.text();
      case AttributeProto.TYPE_FIELD_NUMBER -> type = wire.small32();
      case AttributeProto.DOC_STRING_FIELD_NUMBER -> wire.skip(tag);
      default -> {
        lastField = field;
        content(field, tag);
      }
    }
  }

  private void content(int field, int tag) throws IOException, DefectException {
    Wire wire = source.wire();
    switch (field) {
      case AttributeProto.I_FIELD_NUMBER -> whole = wire.whole();
      case AttributeProto.F_FIELD_NUMBER -> real = wire.real();
      case AttributeProto.S_FIELD_NUMBER -> text = wire.text();
      case AttributeProto.INTS_FIELD_NUMBER -> wire.numbers(tag, this::nextWhole);
      case AttributeProto.FLOATS_FIELD_NUMBER -> wire.numbers(tag, this::nextReal);
      case AttributeProto.STRINGS_FIELD_NUMBER -> {
        source.budget().countItem();
        texts.add(wire.text());
      }
      case AttributeProto.T_FIELD_NUMBER ->
          tensors.add(new TensorFields(wire, source.file(), source.external()).read());
      case AttributeProto.G_FIELD_NUMBER -> graphs.add(new GraphFields(source).read());
      default -> wire.skip(tag);
    }
  }

  private void nextWhole() throws IOException, DefectException {
    source.budget().countItem();
    wholes.add(source.wire().whole());
  }

  private void nextReal() throws IOException, DefectException {
    source.budget().countItem();
    reals.add(source.wire().real());
  }

  /** Files of the first versions do not say the type. */
  private int impliedType() {
    return switch (lastField) {
      case AttributeProto.I_FIELD_NUMBER -> AttributeProto.AttributeType.INT_VALUE;
      case AttributeProto.F_FIELD_NUMBER -> AttributeProto.AttributeType.FLOAT_VALUE;
      case AttributeProto.S_FIELD_NUMBER -> AttributeProto.AttributeType.STRING_VALUE;
      case AttributeProto.INTS_FIELD_NUMBER -> AttributeProto.AttributeType.INTS_VALUE;
      case AttributeProto.FLOATS_FIELD_NUMBER -> AttributeProto.AttributeType.FLOATS_VALUE;
      case AttributeProto.STRINGS_FIELD_NUMBER -> AttributeProto.AttributeType.STRINGS_VALUE;
      case AttributeProto.T_FIELD_NUMBER -> AttributeProto.AttributeType.TENSOR_VALUE;
      case AttributeProto.G_FIELD_NUMBER -> AttributeProto.AttributeType.GRAPH_VALUE;
      default -> UNKNOWN;
    };
  }

  private OnnxAttribute value(int kind) throws DefectException {
    return switch (kind) {
      case AttributeProto.AttributeType.INT_VALUE -> new OnnxAttribute.Whole(whole);
      case AttributeProto.AttributeType.FLOAT_VALUE -> new OnnxAttribute.Real(real);
      case AttributeProto.AttributeType.STRING_VALUE -> new OnnxAttribute.Text(text);
      case AttributeProto.AttributeType.INTS_VALUE -> new OnnxAttribute.Wholes(wholes);
      case AttributeProto.AttributeType.FLOATS_VALUE -> new OnnxAttribute.Reals(reals);
      case AttributeProto.AttributeType.STRINGS_VALUE -> new OnnxAttribute.Texts(texts);
      case AttributeProto.AttributeType.TENSOR_VALUE -> new OnnxAttribute.Tensor(only(tensors));
      case AttributeProto.AttributeType.GRAPH_VALUE -> new OnnxAttribute.Body(only(graphs));
      default -> new OnnxAttribute.Unreadable("type " + kind);
    };
  }

  private <T> T only(List<T> values) throws DefectException {
    if (values.size() != 1) {
      throw new DefectException("the attribute '%s' has no value".formatted(name));
    }
    return values.get(0);
  }
}
