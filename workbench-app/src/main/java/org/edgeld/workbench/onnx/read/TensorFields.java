package org.edgeld.workbench.onnx.read;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.HeldElements;

/** Collects the fields of one {@code TensorProto}: where its elements are, not the elements. */
final class TensorFields {
  /** Elements that stand one by one in a file, which no exporter does with weights. */
  private static final int LOOSE_LIMIT = 1 << 16;

  private static final int RANK_LIMIT = 64;

  private final Wire wire;
  private final DataFile file;
  private final ExternalFiles external;
  private final List<Long> dims = new ArrayList<>();
  private final List<Wire.Region> packed = new ArrayList<>();
  private final List<Double> loose = new ArrayList<>();
  private final List<Long> looseWhole = new ArrayList<>();
  private final Map<String, String> entries = new HashMap<>();
  private int packedField;
  private Wire.Region raw;
  private ElementType type = ElementType.UNDEFINED;
  private boolean isExternal;
  private String name = "";

  TensorFields(Wire wire, DataFile file, ExternalFiles external) {
    this.wire = wire;
    this.file = file;
    this.external = external;
  }

  String name() {
    return name;
  }

  /** Reads the message that comes next. */
  Constant read() throws IOException, DefectException {
    wire.message(this::field);
    try {
      return finish();
    } catch (DefectException e) {
      throw new DefectException(
          "the tensor '%s' is damaged: %s".formatted(name, e.getMessage()), e);
    }
  }

  private void field(int field, int tag) throws IOException, DefectException {
    switch (field) {
      case TensorProto.DIMS_FIELD_NUMBER -> wire.numbers(tag, this::dim);
      case TensorProto.DATA_TYPE_FIELD_NUMBER -> type = ElementType.of(wire.small32());
      case TensorProto.NAME_FIELD_NUMBER -> name = wire.text();
      case TensorProto.RAW_DATA_FIELD_NUMBER -> raw = wire.region();
      case TensorProto.FLOAT_DATA_FIELD_NUMBER ->
          elements(field, tag, () -> loose.add((double) wire.real()));
      case TensorProto.DOUBLE_DATA_FIELD_NUMBER ->
          elements(field, tag, () -> loose.add(wire.doubleReal()));
      case TensorProto.INT32_DATA_FIELD_NUMBER,
          TensorProto.INT64_DATA_FIELD_NUMBER,
          TensorProto.UINT64_DATA_FIELD_NUMBER ->
          elements(field, tag, () -> looseWhole.add(wire.whole()));
      case TensorProto.DATA_LOCATION_FIELD_NUMBER ->
          isExternal = wire.small32() == TensorProto.DataLocation.EXTERNAL_VALUE;
      case TensorProto.EXTERNAL_DATA_FIELD_NUMBER -> {
        StringStringEntryProto entry = StringStringEntryProto.parseFrom(wire.small());
        entries.put(entry.getKey(), entry.getValue());
      }
      default -> wire.skip(tag);
    }
  }

  private void dim() throws IOException, DefectException {
    if (dims.size() == RANK_LIMIT) {
      throw new DefectException("a tensor has more than " + RANK_LIMIT + " axes");
    }
    dims.add(wire.whole());
  }

  private void elements(int field, int tag, Wire.NumberReader one)
      throws IOException, DefectException {
    if (Wire.isPacked(tag)) {
      packedField = field;
      packed.add(wire.region());
    } else {
      if (loose.size() + looseWhole.size() == LOOSE_LIMIT) {
        throw new DefectException(
            "a tensor has more than " + LOOSE_LIMIT + " elements that are not packed");
      }
      one.read();
    }
  }

  private Constant finish() throws DefectException {
    Dims extents = Dims.checked(dims);
    int count = extents.size();
    if (type.bytes() == 0 || count == 0) {
      return new Constant(type, extents, HeldElements.integers());
    }
    if ((long) count * type.bytes() > Integer.MAX_VALUE) {
      throw new DefectException("its extents %s exceed 2 GiB".formatted(extents));
    }
    return new Constant(type, extents, located(count));
  }

  private Elements located(int count) throws DefectException {
    if (isExternal) {
      return outside(count);
    }
    if (raw != null && (raw.length() > 0 || packed.isEmpty())) {
      requireBytes(raw.length(), count);
      return new FixedElements(file, raw.offset(), count, type);
    }
    if (packed.size() == 1 && loose.isEmpty() && looseWhole.isEmpty()) {
      return packed(packed.get(0), count);
    }
    if (!packed.isEmpty() || loose.size() + looseWhole.size() != count) {
      throw new DefectException("it does not hold the %d elements of its extents".formatted(count));
    }
    return loose(count);
  }

  private Elements packed(Wire.Region region, int count) throws DefectException {
    return switch (packedField) {
      case TensorProto.FLOAT_DATA_FIELD_NUMBER -> fixed(region, count, ElementType.FLOAT);
      case TensorProto.DOUBLE_DATA_FIELD_NUMBER -> fixed(region, count, ElementType.DOUBLE);
      default -> new VarintElements(file, region, count, type);
    };
  }

  private Elements fixed(Wire.Region region, int count, ElementType stored) throws DefectException {
    if (stored != type) {
      throw new DefectException("it is of type %s but holds %s".formatted(type, stored));
    }
    requireBytes(region.length(), count);
    return new FixedElements(file, region.offset(), count, type);
  }

  private Elements loose(int count) throws DefectException {
    if (type.isInteger() && looseWhole.size() == count) {
      return HeldElements.integers(looseWhole.stream().mapToLong(Long::longValue).toArray());
    }
    if (type.isReal() && looseWhole.size() == count) {
      return HeldElements.reals(
          looseWhole.stream()
              .mapToDouble(
                  bits ->
                      type == ElementType.FLOAT16
                          ? HalfFloats.ofFloat16(bits.shortValue())
                          : HalfFloats.ofBfloat16(bits.shortValue()))
              .toArray());
    }
    if (loose.size() != count) {
      throw new DefectException("it is of type %s but holds another".formatted(type));
    }
    return HeldElements.reals(loose.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private void requireBytes(long actual, int count) throws DefectException {
    if (actual != (long) count * type.bytes()) {
      throw new DefectException(
          "it holds %d bytes, but its %d elements of type %s take %d"
              .formatted(actual, count, type, (long) count * type.bytes()));
    }
  }

  private Elements outside(int count) throws DefectException {
    DataFile data = external.file(entries.getOrDefault("location", ""));
    long offset = entry("offset", 0);
    long bytes = (long) count * type.bytes();
    long length = entry("length", bytes);
    requireBytes(length, count);
    if (offset > data.sizeBytes() - bytes) {
      throw new DefectException(
          "its weights should be at %d to %d of '%s', which has only %d bytes"
              .formatted(offset, offset + bytes, data.path().getFileName(), data.sizeBytes()));
    }
    return new FixedElements(data, offset, count, type);
  }

  private long entry(String key, long other) throws DefectException {
    String text = entries.get(key);
    if (text == null) {
      return other;
    }
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new DefectException("its %s '%s' is no number".formatted(key, text), e);
    }
    throw new DefectException("its %s '%s' is negative".formatted(key, text));
  }
}
