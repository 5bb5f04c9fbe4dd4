package org.edgeld.workbench.onnx.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.HeldElements;
import org.edgeld.workbench.onnx.graph.OnnxAttribute;

/** Operators that make constants of attributes, pick among them or change their type. */
final class MakeFolds {
  private MakeFolds() {}

  static void addTo(Map<String, FoldRule> rules) {
    rules.put("Constant", FoldRule.single(MakeFolds::constant));
    rules.put("ConstantOfShape", FoldRule.single(MakeFolds::constantOfShape));
    rules.put("Range", FoldRule.single(MakeFolds::range));
    rules.put("Identity", FoldRule.single(call -> call.input(0)));
    rules.put("Dropout", FoldRule.single(call -> call.input(0)));
    rules.put("Cast", FoldRule.single(MakeFolds::cast));
    rules.put("CastLike", FoldRule.single(call -> cast(call.input(0), call.input(1).type())));
    rules.put("Concat", FoldRule.single(MakeFolds::concat));
    rules.put("Gather", FoldRule.single(MakeFolds::gather));
    rules.put("Where", FoldRule.single(MakeFolds::where));
  }

  private static Constant constant(FoldCall call) throws DefectException {
    for (OnnxAttribute attribute : call.node().attributes().values()) {
      if (attribute instanceof OnnxAttribute.Tensor tensor) {
        return tensor.value();
      }
      if (attribute instanceof OnnxAttribute.Whole whole) {
        return Constant.integer(whole.value());
      }
      if (attribute instanceof OnnxAttribute.Real real) {
        return Constant.real(real.value());
      }
      if (attribute instanceof OnnxAttribute.Wholes wholes) {
        return Constant.integers(wholes.values().stream().mapToLong(Long::longValue).toArray());
      }
      if (attribute instanceof OnnxAttribute.Reals reals) {
        return Constant.reals(reals.values().stream().mapToDouble(Float::doubleValue).toArray());
      }
      if (attribute instanceof OnnxAttribute.Text || attribute instanceof OnnxAttribute.Texts) {
        return new Constant(ElementType.STRING, Dims.SCALAR, HeldElements.integers());
      }
    }
    throw new DefectException("its value is missing or sparse");
  }

  private static Constant constantOfShape(FoldCall call) throws DefectException {
    Dims dims = Dims.checked(call.input(0).integerList());
    if (call.node().attribute("value").orElse(null) instanceof OnnxAttribute.Tensor tensor) {
      Constant value = tensor.value();
      double real = value.scalar();
      return new Constant(
          value.type(), dims, ComputedElements.filled(real, value.elements().integer(0)));
    }
    return new Constant(ElementType.FLOAT, dims, ComputedElements.filled(0, 0));
  }

  private static Constant range(FoldCall call) throws DefectException {
    Constant start = call.input(0);
    double first = start.scalar();
    double step = call.input(2).scalar();
    double count = Math.ceil((call.input(1).scalar() - first) / step);
    if (step == 0 || !(count <= Integer.MAX_VALUE)) {
      throw new DefectException("it counts from %s by %s without end".formatted(first, step));
    }
    Dims dims = Dims.of((int) Math.max(0, count));
    return new Constant(
        start.type(),
        dims,
        new ComputedElements(
            "range " + Double.doubleToLongBits(first) + " " + Double.doubleToLongBits(step),
            List.of(),
            index -> first + index * step));
  }

  private static Constant cast(FoldCall call) throws DefectException {
    return cast(call.input(0), ElementType.of((int) call.node().whole("to", 0)));
  }

  private static Constant cast(Constant input, ElementType to) throws DefectException {
    if (to.bytes() == 0 || input.type().bytes() == 0) {
      throw new DefectException("it casts %s to %s".formatted(input.type(), to));
    }
    if (input.type() == to) {
      return input;
    }
    if (to == ElementType.BOOL) {
      return new Constant(
          to,
          input.dims(),
          ComputedElements.mapped(input.elements(), x -> x == 0 ? 0 : 1, "truth"));
    }
    if (to == ElementType.FLOAT && input.type() != ElementType.DOUBLE && input.type().isReal()) {
      return new Constant(to, input.dims(), input.elements());
    }
    if (to.isInteger() && input.type().isInteger()) {
      return new Constant(to, input.dims(), wrapped(input, to));
    }
    if (to.isInteger()) {
      return new Constant(
          to,
          input.dims(),
          ComputedElements.mapped(input.elements(), x -> (double) (long) x, "truncated"));
    }
    return new Constant(
        to,
        input.dims(),
        ComputedElements.mapped(
            input.elements(), x -> to == ElementType.DOUBLE ? x : (double) (float) x, "as " + to));
  }

  private static ComputedElements wrapped(Constant input, ElementType to) {
    return new ComputedElements(
        "as " + to,
        List.of(input.elements()),
        new ComputedElements.Computation() {
          @Override
          public double real(int index) {
            return integer(index);
          }

          @Override
          public long integer(int index) {
            long value = input.elements().integer(index);
            return switch (to) {
              case INT8 -> (byte) value;
              case UINT8 -> value & 0xff;
              case INT16 -> (short) value;
              case UINT16 -> value & 0xffff;
              case INT32 -> (int) value;
              case UINT32 -> value & 0xffffffffL;
              default -> value;
            };
          }
        });
  }

  private static Constant concat(FoldCall call) throws DefectException {
    Constant first = call.input(0);
    int axis = first.dims().axis(call.node().whole("axis", 1));
    List<Constant> parts = new ArrayList<>();
    long extent = 0;
    for (int i = 0; i < call.size(); i++) {
      Constant part = call.input(i);
      if (part.dims().rank() != first.dims().rank()
          || !part.dims().with(axis, 1).equals(first.dims().with(axis, 1))) {
        throw new DefectException(
            "it joins tensors of the extents %s and %s along axis %d"
                .formatted(first.dims(), part.dims(), axis));
      }
      parts.add(part);
      extent += part.dims().extent(axis);
    }
    List<Long> extents = new ArrayList<>(longs(first.dims().extents()));
    extents.set(axis, extent);
    return Joined.along(axis, Dims.checked(extents), parts);
  }

  private static List<Long> longs(List<Integer> extents) {
    return extents.stream().map(Integer::longValue).toList();
  }

  private static Constant gather(FoldCall call) throws DefectException {
    Constant data = call.input(0);
    Constant indices = call.input(1);
    int axis = data.dims().axis(call.node().whole("axis", 0));
    int extent = data.dims().extent(axis);
    if (!indices.type().isInteger()) {
      throw new DefectException("its indices are of type " + indices.type());
    }
    for (int i = 0; i < indices.size(); i++) {
      long index = indices.elements().integer(i);
      if (index < -extent || index >= extent) {
        throw new DefectException("it picks element %d of %d".formatted(index, extent));
      }
    }
    List<Integer> extents = new ArrayList<>(data.dims().extents().subList(0, axis));
    extents.addAll(indices.dims().extents());
    extents.addAll(data.dims().extents().subList(axis + 1, data.dims().rank()));
    int inner = new Dims(data.dims().extents().subList(axis + 1, data.dims().rank())).size();
    int picked = indices.size();
    Dims dims = Dims.checked(longs(extents));
    return new Constant(
        data.type(),
        dims,
        Joined.picked(
            List.of(data.elements(), indices.elements()),
            index -> {
              int place = index / inner % picked;
              long chosen = indices.elements().integer(place);
              int outer = index / inner / picked;
              int at = (int) (chosen < 0 ? chosen + extent : chosen);
              return (outer * extent + at) * inner + index % inner;
            },
            "gathered " + data.dims() + axis + dims));
  }

  private static Constant where(FoldCall call) throws DefectException {
    Constant condition = call.input(0);
    Constant yes = call.input(1);
    Constant no = call.input(2);
    Dims dims = condition.dims().broadcast(yes.dims()).broadcast(no.dims());
    return new Constant(yes.type(), dims, Joined.chosen(dims, condition, yes, no));
  }
}
