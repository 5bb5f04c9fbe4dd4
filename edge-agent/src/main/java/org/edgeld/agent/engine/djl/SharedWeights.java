package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.model.WeightRef;

/**
 * The prepared weights of an engine, each once however many models use it, freed when the last user
 * releases it. Weights live in PyTorch's memory; convolution weights (OIHW) lie there as OHWI, and
 * constants of elementwise arithmetic (CHW) as HWC, seen as 1 × C × H × W.
 */
final class SharedWeights {
  private static final class Entry {
    private final NDArray array;
    private int users;

    private Entry(NDArray array) {
      this.array = array;
    }
  }

  private final NDManager manager;
  private final Map<WeightRef, Entry> entries = new HashMap<>();

  SharedWeights(NDManager manager) {
    this.manager = manager;
  }

  /** Returns the prepared tensor, one more user of it; every call is paired with a release. */
  synchronized NDArray acquire(WeightRef ref, WeightProvider provider) throws IOException {
    Entry entry = entries.get(ref);
    if (entry == null) {
      entry = new Entry(prepare(ref, provider));
      entries.put(ref, entry);
    }
    entry.users++;
    return entry.array;
  }

  /** Gives up one use. */
  synchronized void release(WeightRef ref) {
    Entry entry = entries.get(ref);
    entry.users--;
    if (entry.users == 0) {
      entries.remove(ref);
      entry.array.close();
    }
  }

  /** Returns the number of different tensors in memory. */
  synchronized int size() {
    return entries.size();
  }

  private NDArray prepare(WeightRef ref, WeightProvider provider) throws IOException {
    List<Integer> dims = ref.dims();
    return switch (dims.size()) {
      case 3 -> prepareChannelsLast(ref, 1, dims, provider);
      case 4 -> prepareChannelsLast(ref, dims.get(0), dims.subList(1, 4), provider);
      default -> preparePlain(ref, provider);
    };
  }

  private NDArray preparePlain(WeightRef ref, WeightProvider provider) throws IOException {
    NDArray array = manager.create(shape(ref.dims()), DataType.FLOAT32);
    try {
      fill(array, ref, provider);
      return array;
    } catch (IOException | RuntimeException e) {
      array.close();
      throw e;
    }
  }

  private NDArray prepareChannelsLast(
      WeightRef ref, int out, List<Integer> chw, WeightProvider provider) throws IOException {
    int in = chw.get(0);
    int taps = chw.get(1) * chw.get(2);
    NDArray array = manager.create(new Shape(out, chw.get(1), chw.get(2), in), DataType.FLOAT32);
    try (NDArray rowMajor = manager.create(shape(ref.dims()), DataType.FLOAT32)) {
      fill(rowMajor, ref, provider);
      moveChannelsLast(floats(rowMajor), floats(array), out, in, taps);
    } catch (IOException | RuntimeException e) {
      array.close();
      throw e;
    }
    NDArray view = array.transpose(0, 3, 1, 2);
    // the view keeps the memory alive by itself
    array.close();
    return view;
  }

  private static void fill(NDArray array, WeightRef ref, WeightProvider provider)
      throws IOException {
    ByteBuffer target = array.toByteBuffer(true);
    provider.read(ref, target.slice().order(target.order()));
  }

  private static FloatBuffer floats(NDArray array) {
    return array.toByteBuffer(true).asFloatBuffer();
  }

  private static void moveChannelsLast(
      FloatBuffer source, FloatBuffer target, int out, int in, int taps) {
    float[] from = new float[in * taps];
    float[] to = new float[in * taps];
    for (int o = 0; o < out; o++) {
      source.get(from);
      for (int i = 0; i < in; i++) {
        for (int t = 0; t < taps; t++) {
          to[t * in + i] = from[i * taps + t];
        }
      }
      target.put(to);
    }
  }

  private static Shape shape(List<Integer> dims) {
    return new Shape(dims.stream().mapToLong(Integer::longValue).toArray());
  }
}
