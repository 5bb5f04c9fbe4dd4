package org.edgeld.workbench.onnx.graph;

/** A few elements in memory. */
public final class HeldElements {
  private HeldElements() {}

  /** Returns whole numbers. */
  public static Elements integers(long... values) {
    return new Integers(values.clone());
  }

  /** Returns real numbers. */
  public static Elements reals(double... values) {
    return new Reals(values.clone());
  }

  private record Integers(long[] values) implements Elements {
    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long integer(int index) {
      return values[index];
    }

    @Override
    public void identify(Identity identity) {
      identity.add("integers").add(values.length);
      for (long value : values) {
        identity.add(value);
      }
    }
  }

  private record Reals(double[] values) implements Elements {
    @Override
    public double real(int index) {
      return values[index];
    }

    @Override
    public long integer(int index) {
      return (long) values[index];
    }

    @Override
    public void identify(Identity identity) {
      identity.add("reals").add(values.length);
      for (double value : values) {
        identity.add(Double.doubleToLongBits(value));
      }
    }
  }
}
