package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.edgeld.agent.codec.SliceCodec;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.program.Precision;

/**
 * Writes and reads the slices of a deployment in the precision in which they travel, one after the
 * other on a thread of its own: neither computing nor the network waits for it. An emulated device
 * does so at its own speed, as if with another of its cores than the one that computes.
 */
final class Serialisation implements AutoCloseable {
  private final Precision precision;
  private final Supplier<CpuShare> shares;
  private final ExecutorService thread;

  /** Made by the thread, which alone uses it. */
  private Optional<Worker> worker = Optional.empty();

  private record Worker(SliceCodec codec, CpuShare share) {}

  /** Some work on a slice. */
  private interface Work {
    int apply(SliceCodec codec) throws IOException;
  }

  /**
   * @param precision how slices travel
   * @param shares makes the emulation of a thread, called on it
   * @param name of the thread, which begins with the first task
   */
  Serialisation(Precision precision, Supplier<CpuShare> shares, String name) {
    this.precision = precision;
    this.shares = shares;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread fresh = new Thread(task, name);
              fresh.setDaemon(true);
              return fresh;
            });
  }

  /** Has the thread write or read a slice, after those before; nothing happens once closed. */
  void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      // the deployment is being removed
      return;
    }
  }

  Precision precision() {
    return precision;
  }

  /** Tells whether there is anything to do. */
  boolean needed() {
    return precision != Precision.FLOAT32;
  }

  /**
   * Writes the slice of a send step, on the thread.
   *
   * @return how many bytes
   */
  int write(ByteBuffer values, ByteBuffer out, int step, Exchanges exchanges) throws IOException {
    return timed(step, exchanges, codec -> codec.encode(values, out));
  }

  /**
   * Reads the slice of a receive step, on the thread.
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
    if (worker.isEmpty()) {
      worker = Optional.of(new Worker(SliceCodec.of(precision), shares.get().onAnotherCore()));
    }
    CpuShare share = worker.get().share();
    long start = System.nanoTime();
    int bytes;
    share.begin();
    try {
      bytes = work.apply(worker.get().codec());
    } finally {
      share.end();
    }
    exchanges.serialised().put(step, start, System.nanoTime());
    return bytes;
  }

  /** Waits until the tasks handed over are done; later ones are dropped. */
  @Override
  public void close() {
    thread.shutdown();
    boolean interrupted = false;
    while (!thread.isTerminated()) {
      try {
        thread.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
