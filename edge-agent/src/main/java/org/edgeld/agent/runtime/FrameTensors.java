package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;

/**
 * The tensors of one frame on this device. Reader threads ask where arriving rows go and report
 * them there; everything else is called by the runner's thread alone.
 */
final class FrameTensors {
  private final TensorPlan plan;
  private final BufferPool pool;
  private final Map<TensorId, SharedRows> windows = new HashMap<>();
  private final Map<TensorId, List<SharedRows>> computed = new HashMap<>();
  private final List<CompletableFuture<Void>> arrivals = new ArrayList<>();
  private final CompletableFuture<Void> input = new CompletableFuture<>();

  FrameTensors(TensorPlan plan, BufferPool pool) {
    this.plan = plan;
    this.pool = pool;
    for (int i = 0; i < plan.program().steps().size(); i++) {
      arrivals.add(new CompletableFuture<>());
    }
  }

  /** Returns where the rows of an arriving slice go. */
  ByteBuffer destination(Slice slice) {
    return window(slice.tensor()).view(slice.rows());
  }

  /** The slice that receive step {@code step} waits for is in its place. */
  void arrived(int step) throws IOException {
    if (!arrivals.get(step).complete(null)) {
      throw new IOException("A slice arrived twice in one frame.");
    }
  }

  /** The model's input is in its place. */
  void inputArrived() throws IOException {
    if (!input.complete(null)) {
      throw new IOException("The input arrived twice for one frame.");
    }
  }

  /** Completes when the slice of receive step {@code step} is here. */
  CompletableFuture<Void> arrival(int step) {
    return arrivals.get(step);
  }

  /** Completes when the model's input is here. */
  CompletableFuture<Void> input() {
    return input;
  }

  /** Ends all waiting. */
  void fail(Throwable cause) {
    input.completeExceptionally(cause);
    arrivals.forEach(arrival -> arrival.completeExceptionally(cause));
  }

  /** Keeps a computed result, and copies into the tensor's window what meets other rows there. */
  void put(TensorId tensor, Range rows, TileResult result) {
    SharedRows own;
    try {
      own = new SharedRows(rows, plan.rowBytes(tensor), result.bytes(), result::close);
    } catch (RuntimeException e) {
      result.close();
      throw e;
    }
    computed.computeIfAbsent(tensor, t -> new ArrayList<>()).add(own);
    for (Range piece : plan.copies(tensor, rows)) {
      window(tensor).view(piece).put(own.view(piece));
    }
  }

  /** Returns rows that hold {@code part} of a tensor, as computed or from the tensor's window. */
  SharedRows rows(TensorId tensor, Range part) {
    for (SharedRows own : computed.getOrDefault(tensor, List.of())) {
      if (own.rows().contains(part)) {
        return own;
      }
    }
    return window(tensor);
  }

  private synchronized SharedRows window(TensorId tensor) {
    return windows.computeIfAbsent(
        tensor,
        t -> {
          Range rows = plan.window(t);
          ByteBuffer buffer = pool.take(rows.size() * plan.rowBytes(t));
          return new SharedRows(rows, plan.rowBytes(t), buffer, () -> pool.give(buffer));
        });
  }

  /** Lets go of a tensor; sends under way keep their rows until they are done. */
  void release(TensorId tensor) {
    SharedRows window;
    synchronized (this) {
      window = windows.remove(tensor);
    }
    if (window != null) {
      window.release();
    }
    List<SharedRows> own = computed.remove(tensor);
    if (own != null) {
      own.forEach(SharedRows::release);
    }
  }

  /** Lets go of everything. */
  void releaseAll() {
    List<TensorId> held = new ArrayList<>(computed.keySet());
    synchronized (this) {
      held.addAll(windows.keySet());
    }
    held.forEach(this::release);
  }
}
