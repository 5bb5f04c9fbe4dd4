package org.edgeld.transport;

/** A network interface that is not emulated. */
enum Unshaped implements LinkShaper {
  INSTANCE;

  @Override
  public int pieceBytes() {
    return Integer.MAX_VALUE;
  }

  @Override
  public long delayNanos() {
    return 0;
  }

  @Override
  public long depart(int bytes, long readyNanos, long nowNanos) {
    return nowNanos;
  }

  @Override
  public long arrive(int bytes, long followsNanos, long nowNanos) {
    return nowNanos;
  }
}
