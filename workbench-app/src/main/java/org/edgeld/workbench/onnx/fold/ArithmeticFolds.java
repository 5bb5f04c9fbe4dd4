package org.edgeld.workbench.onnx.fold;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.edgeld.workbench.onnx.graph.Constant;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.Dims;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.Elements;

/**
 * Element-wise operators. Whole numbers are computed with 64 bits; real ones with double precision
 * and rounded to float32 after every operator, as if float32 had been used throughout.
 */
final class ArithmeticFolds {
  private ArithmeticFolds() {}

  static void addTo(Map<String, FoldRule> rules) {
    binary(rules, "Add", Double::sum, Long::sum);
    binary(rules, "Sub", (a, b) -> a - b, (a, b) -> a - b);
    binary(rules, "Mul", (a, b) -> a * b, (a, b) -> a * b);
    binary(rules, "Div", (a, b) -> a / b, (a, b) -> b == 0 ? 0 : a / b);
    binary(rules, "Max", Math::max, Math::max);
    binary(rules, "Min", Math::min, Math::min);
    binary(rules, "Sum", Double::sum, Long::sum);
    binary(rules, "Pow", Math::pow, (a, b) -> (long) Math.pow(a, b));
    binary(rules, "And", (a, b) -> (long) a & (long) b, (a, b) -> a & b);
    binary(rules, "Or", (a, b) -> (long) a | (long) b, (a, b) -> a | b);
    rules.put("Mod", FoldRule.single(ArithmeticFolds::mod));
    compare(rules, "Equal", sign -> sign == 0);
    compare(rules, "Greater", sign -> sign > 0);
    compare(rules, "GreaterOrEqual", sign -> sign >= 0);
    compare(rules, "Less", sign -> sign < 0);
    compare(rules, "LessOrEqual", sign -> sign <= 0);
    unary(rules, "Neg", x -> -x, x -> -x);
    unary(rules, "Abs", Math::abs, Math::abs);
    unary(rules, "Floor", Math::floor, x -> x);
    unary(rules, "Ceil", Math::ceil, x -> x);
    unary(rules, "Round", Math::rint, x -> x);
    unary(rules, "Sqrt", Math::sqrt, x -> (long) Math.sqrt(x));
    unary(rules, "Reciprocal", x -> 1 / x, x -> x == 0 ? 0 : 1 / x);
    unary(rules, "Exp", Math::exp, x -> (long) Math.exp(x));
    unary(rules, "Log", Math::log, x -> (long) Math.log(x));
    unary(rules, "Not", x -> x == 0 ? 1 : 0, x -> x == 0 ? 1 : 0);
    unary(rules, "Sign", Math::signum, x -> Long.signum(x));
    unary(rules, "Relu", x -> Math.max(x, 0), x -> Math.max(x, 0));
    unary(rules, "Sigmoid", x -> 1 / (1 + Math.exp(-x)), x -> x);
    unary(rules, "Tanh", Math::tanh, x -> x);
  }

  private static void unary(
      Map<String, FoldRule> rules, String name, DoubleUnaryOperator real, LongUnaryOperator whole) {
    rules.put(
        name,
        FoldRule.single(
            call -> {
              Constant input = numeric(call, 0);
              return new Constant(
                  input.type(),
                  input.dims(),
                  computed(
                      input.type(),
                      name,
                      List.of(input.elements()),
                      index -> real.applyAsDouble(input.elements().real(index)),
                      index -> whole.applyAsLong(input.elements().integer(index))));
            }));
  }

  private static void binary(
      Map<String, FoldRule> rules,
      String name,
      DoubleBinaryOperator real,
      LongBinaryOperator whole) {
    rules.put(
        name,
        FoldRule.single(
            call -> {
              Constant result = numeric(call, 0);
              for (int i = 1; i < call.size(); i++) {
                result = combined(call, name, result, numeric(call, i), real, whole);
              }
              return result;
            }));
  }

  private static Constant combined(
      FoldCall call,
      String name,
      Constant a,
      Constant given,
      DoubleBinaryOperator real,
      LongBinaryOperator whole)
      throws DefectException {
    Constant b = given.reshaped(LegacyBroadcast.aligned(call, a.dims(), given.dims()));
    Dims dims = a.dims().broadcast(b.dims());
    IntUnaryOperator left = StridedIndex.broadcast(a.dims(), dims);
    IntUnaryOperator right = StridedIndex.broadcast(b.dims(), dims);
    Elements x = a.elements();
    Elements y = b.elements();
    return new Constant(
        a.type(),
        dims,
        computed(
            a.type(),
            name + a.dims() + b.dims(),
            List.of(x, y),
            i -> real.applyAsDouble(x.real(left.applyAsInt(i)), y.real(right.applyAsInt(i))),
            i -> whole.applyAsLong(x.integer(left.applyAsInt(i)), y.integer(right.applyAsInt(i)))));
  }

  /** The sign of a comparison. */
  @FunctionalInterface
  private interface Verdict {
    boolean holds(int sign);
  }

  private static void compare(Map<String, FoldRule> rules, String name, Verdict verdict) {
    rules.put(
        name,
        FoldRule.single(
            call -> {
              Constant a = numeric(call, 0);
              Constant b = numeric(call, 1);
              boolean whole = a.type().isInteger();
              Dims dims = a.dims().broadcast(b.dims());
              IntUnaryOperator left = StridedIndex.broadcast(a.dims(), dims);
              IntUnaryOperator right = StridedIndex.broadcast(b.dims(), dims);
              return new Constant(
                  ElementType.BOOL,
                  dims,
                  new ComputedElements(
                      name + a.dims() + b.dims(),
                      List.of(a.elements(), b.elements()),
                      i -> {
                        int x = left.applyAsInt(i);
                        int y = right.applyAsInt(i);
                        int sign =
                            whole
                                ? Long.compare(a.elements().integer(x), b.elements().integer(y))
                                : Double.compare(a.elements().real(x), b.elements().real(y));
                        return verdict.holds(sign) ? 1 : 0;
                      }));
            }));
  }

  private static Constant mod(FoldCall call) throws DefectException {
    boolean likeC = call.node().whole("fmod", 0) != 0;
    return combined(
        call,
        "Mod" + likeC,
        numeric(call, 0),
        numeric(call, 1),
        (a, b) -> a % b,
        (a, b) -> b == 0 ? 0 : likeC ? a % b : Math.floorMod(a, b));
  }

  private static Constant numeric(FoldCall call, int index) throws DefectException {
    Constant input = call.input(index);
    if (input.type().bytes() == 0) {
      throw new DefectException("it computes with elements of type " + input.type());
    }
    return input;
  }

  @FunctionalInterface
  private interface RealAt {
    double at(int index);
  }

  @FunctionalInterface
  private interface WholeAt {
    long at(int index);
  }

  private static Elements computed(
      ElementType type, String name, List<Elements> sources, RealAt real, WholeAt whole) {
    return new ComputedElements(
        name + " " + type,
        sources,
        new ComputedElements.Computation() {
          @Override
          public double real(int index) {
            if (type.isInteger()) {
              return whole.at(index);
            }
            double exact = real.at(index);
            return type == ElementType.DOUBLE ? exact : (double) (float) exact;
          }

          @Override
          public long integer(int index) {
            return type.isInteger() ? whole.at(index) : (long) real(index);
          }
        });
  }
}
