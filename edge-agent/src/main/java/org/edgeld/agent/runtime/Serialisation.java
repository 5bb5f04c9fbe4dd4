package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.edgeld.agent.codec.SliceCodec;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.program.Precision;

/**
 * Writes and reads the slices of a deployment in the precision in which they travel, at the speed
 * of the emulated device: as if by another of its cores than the one that computes. Each thread
 * that does so has its own codec and its own emulation.
 */
final class Serialisation {
  private final Precision precision;
  private final ThreadLocal<Worker> workers;

  /** What belongs to one thread. */
  private record Worker(SliceCodec codec, CpuShare share) {}

  /** Some work on a slice. */
  private interface Work {
    int apply(SliceCodec codec) throws IOException;
  }

  /**
   * @param precision how slices travel
   * @param shares makes the emulation of a thread, called on it
   */
  Serialisation(Precision precision, Supplier<CpuShare> shares) {
    this.precision = precision;
    this.workers =
        ThreadLocal.withInitial(
            () -> new Worker(SliceCodec.of(precision), shares.get().onAnotherCore()));
  }

  Precision precision() {
    return precision;
  }

  /** Tells whether there is anything to do. */
  boolean needed() {
    return precision != Precision.FLOAT32;
  }

  /**
   * Writes the slice of a send step.
   *
   * @return how many bytes
   */
  int write(ByteBuffer values, ByteBuffer out, int step, Exchanges exchanges) throws IOException {
    return timed(step, exchanges, codec -> codec.encode(values, out));
  }

  /**
   * Reads the slice of a receive step.
   *
   * @throws IOException if it is damaged
   */
  void read(ByteBuffer in, ByteBuffer values, int step, Exchanges exchanges) throws IOException {
    timed(
        step,
        exchanges,
        codec -> {
          codec.decode(in, values);
          return in.remaining();
        });
  }

  private int timed(int step, Exchanges exchanges, Work work) throws IOException {
    Worker worker = workers.get();
    long start = System.nanoTime();
    int bytes;
    worker.share().begin();
    try {
      bytes = work.apply(worker.codec());
    } finally {
      worker.share().end();
    }
    exchanges.serialised(step, start, System.nanoTime());
    return bytes;
  }
}
