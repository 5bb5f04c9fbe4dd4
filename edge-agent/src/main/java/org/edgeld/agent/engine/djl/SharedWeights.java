package org.edgeld.agent.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.geometry.Range;
import org.edgeld.model.WeightRef;

/**
 * The prepared weights of an engine, each once however many models use it, freed when the last user
 * releases it. Weights live in PyTorch's memory; convolution weights (OIHW) lie there as OHWI, and
 * constants of elementwise arithmetic (CHW) as HWC, seen as 1 × C × H × W. Of a tensor whose first
 * extent is the output channels, a model may load only some.
 */
final class SharedWeights {
  /** Some of a weight tensor in memory, compared by identity. */
  static final class Part {
    private final WeightRef ref;
    private final Range outputs;
    private final NDArray array;
    private int users;

    private Part(WeightRef ref, Range outputs, NDArray array) {
      this.ref = ref;
      this.outputs = outputs;
      this.array = array;
    }

    /** Returns the prepared tensor, which whoever acquired it must not close. */
    NDArray array() {
      return array;
    }

    /** Returns which indices of the first extent are here. */
    Range outputs() {
      return outputs;
    }

    /** Tells whether all of the tensor is here. */
    boolean isWhole() {
      return outputs.size() == ref.dims().get(0);
    }

    /** Returns the bytes that it takes. */
    long bytes() {
      return ref.bytes() / ref.dims().get(0) * outputs.size();
    }
  }

  private final NDManager manager;
  private final Map<WeightRef, List<Part>> parts = new HashMap<>();

  SharedWeights(NDManager manager) {
    this.manager = manager;
  }

  /** Returns a whole tensor, as below. */
  Part acquire(WeightRef ref, WeightProvider provider) throws IOException {
    return acquire(ref, Range.upTo(ref.dims().get(0)), provider);
  }

  /**
   * Returns a prepared part of a tensor that has at least some outputs, one more user of it; every
   * call is paired with a release. What others have loaded is used if it has all of them.
   */
  synchronized Part acquire(WeightRef ref, Range outputs, WeightProvider provider)
      throws IOException {
    List<Part> present = parts.getOrDefault(ref, List.of());
    Optional<Part> found =
        present.stream().filter(part -> part.outputs.contains(outputs)).findFirst();
    Part part =
        found.isPresent() ? found.get() : new Part(ref, outputs, prepare(ref, outputs, provider));
    if (found.isEmpty()) {
      parts.computeIfAbsent(ref, key -> new ArrayList<>()).add(part);
    }
    part.users++;
    return part;
  }

  /** Gives up one use. */
  synchronized void release(Part part) {
    part.users--;
    if (part.users == 0) {
      List<Part> present = parts.get(part.ref);
      present.remove(part);
      if (present.isEmpty()) {
        parts.remove(part.ref);
      }
      part.array.close();
    }
  }

  /** Returns the number of different tensors in memory, parts of one counted each. */
  synchronized int size() {
    return parts.values().stream().mapToInt(List::size).sum();
  }

  private NDArray prepare(WeightRef ref, Range outputs, WeightProvider provider)
      throws IOException {
    List<Integer> dims = new ArrayList<>(ref.dims());
    dims.set(0, outputs.size());
    long first = ref.elements() / ref.dims().get(0) * outputs.start();
    Source source = target -> provider.read(ref, first, target);
    return switch (dims.size()) {
      case 3 -> prepareChannelsLast(1, dims, source);
      case 4 -> prepareChannelsLast(dims.get(0), dims.subList(1, 4), source);
      default -> preparePlain(dims, source);
    };
  }

  /** Gives the bytes of one part. */
  private interface Source {
    void read(ByteBuffer target) throws IOException;
  }

  private NDArray preparePlain(List<Integer> dims, Source source) throws IOException {
    NDArray array = manager.create(shape(dims), DataType.FLOAT32);
    try {
      fill(array, source);
      return array;
    } catch (IOException | RuntimeException e) {
      array.close();
      throw e;
    }
  }

  private NDArray prepareChannelsLast(int out, List<Integer> chw, Source source)
      throws IOException {
    int in = chw.get(0);
    int taps = chw.get(1) * chw.get(2);
    NDArray array = manager.create(new Shape(out, chw.get(1), chw.get(2), in), DataType.FLOAT32);
    try (NDArray rowMajor = manager.create(new Shape(out, in, taps), DataType.FLOAT32)) {
      fill(rowMajor, source);
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

  private static void fill(NDArray array, Source source) throws IOException {
    ByteBuffer target = array.toByteBuffer(true);
    source.read(target.slice().order(target.order()));
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
