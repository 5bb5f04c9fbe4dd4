package org.edgeld.workbench.onnx.fold;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.Identity;

/** Elements computed from others each time they are read. */
public final class ComputedElements implements Elements {
  private final String formula;
  private final List<Elements> sources;
  private final Computation computation;
  private final int depth;

  /** Computes one element. */
  public interface Computation {
    /** Returns an element as a real number. */
    double real(int index);

    /** Returns an element as a whole number. */
    default long integer(int index) {
      return (long) real(index);
    }
  }

  /**
   * Returns elements of a formula.
   *
   * @param formula names the computation with all its parameters, so that equal names on equal
   *     sources mean equal elements
   * @param sources what it reads
   * @param computation what it does
   */
  public ComputedElements(String formula, List<Elements> sources, Computation computation) {
    this.formula = formula;
    this.sources = List.copyOf(sources);
    this.computation = computation;
    this.depth = 1 + sources.stream().mapToInt(Elements::depth).max().orElse(0);
  }

  /** Returns the elements of {@code source} at other places. */
  public static Elements moved(Elements source, IntUnaryOperator place, String what) {
    return new ComputedElements(
        what,
        List.of(source),
        new Computation() {
          @Override
          public double real(int index) {
            return source.real(place.applyAsInt(index));
          }

          @Override
          public long integer(int index) {
            return source.integer(place.applyAsInt(index));
          }
        });
  }

  /** Returns a function of each element. */
  public static Elements mapped(Elements source, DoubleUnaryOperator function, String what) {
    return new ComputedElements(
        what, List.of(source), index -> function.applyAsDouble(source.real(index)));
  }

  /** Returns one number again and again. */
  public static Elements filled(double real, long integer) {
    return new ComputedElements(
        "filled " + Double.doubleToLongBits(real) + " " + integer,
        List.of(),
        new Computation() {
          @Override
          public double real(int index) {
            return real;
          }

          @Override
          public long integer(int index) {
            return integer;
          }
        });
  }

  @Override
  public double real(int index) {
    return computation.real(index);
  }

  @Override
  public long integer(int index) {
    return computation.integer(index);
  }

  @Override
  public void identify(Identity identity) {
    identity.add("computed").add(formula).add(sources.size());
    sources.forEach(identity::add);
  }

  @Override
  public int depth() {
    return depth;
  }
}
