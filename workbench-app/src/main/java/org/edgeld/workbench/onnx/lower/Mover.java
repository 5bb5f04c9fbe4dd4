package org.edgeld.workbench.onnx.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Axis;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.lower.Layout.Atom;

/** Writes the layers that move the elements of a feature map to other places. */
final class Mover {
  /**
   * Appends a layer without weights that reads one tensor.
   *
   * @see LowerCall
   */
  @FunctionalInterface
  interface Sink {
    int add(String part, Operator operator, int input) throws DefectException;
  }

  private final Sink sink;

  Mover(Sink sink) {
    this.sink = sink;
  }

  /**
   * Returns a tensor whose axes lie as {@code placement} says.
   *
   * @throws DefectException if a layer that moves them cannot be written
   */
  Value.Mapped moved(Value.Mapped value, Placement placement) throws DefectException {
    Layout from = value.layout();
    List<List<Atom>> target = from.placed(placement);
    List<List<Atom>> source =
        List.of(from.at(Axis.CHANNELS), from.at(Axis.ROWS), from.at(Axis.COLUMNS));
    if (source.equals(target)) {
      return value;
    }
    Layout to = from.moved(target);
    Optional<Operator> special = special(source, target);
    int tensor =
        special.isPresent()
            ? sink.add("shuffle", special.get(), value.tensor())
            : exchanged(value.tensor(), from.shape(), source, target);
    return new Value.Mapped(tensor, to);
  }

  private static List<Atom> order(List<List<Atom>> places) {
    return places.stream().flatMap(List::stream).toList();
  }

  private static TensorShape shape(List<List<Atom>> places) {
    return new TensorShape(
        Layout.extent(places.get(0)),
        places.size() > 1 ? Layout.extent(places.get(1)) : 1,
        places.size() > 2 ? Layout.extent(places.get(2)) : 1);
  }

  private int exchanged(
      int tensor, TensorShape shape, List<List<Atom>> source, List<List<Atom>> target)
      throws DefectException {
    List<List<Atom>> blocks =
        isExchange(source, target) ? source : blocks(order(source), order(target));
    Written written = new Written(tensor, shape);
    if (blocks.size() <= 3) {
      written = transposed(written, blocks, order(target));
    } else {
      written = rotated(written, blocks, order(target));
    }
    return reshaped(written.tensor(), written.shape(), shape(target), "result");
  }

  /** A tensor and its shape. */
  private record Written(int tensor, TensorShape shape) {}

  /** Exchanges up to three blocks. */
  private Written transposed(Written from, List<List<Atom>> blocks, List<Atom> target)
      throws DefectException {
    int moved = reshaped(from.tensor(), from.shape(), shape(blocks), "reshape");
    List<Axis> permutation = permutation(blocks, target);
    TensorShape before = shape(blocks);
    if (permutation.equals(List.of(Axis.values()))) {
      return new Written(moved, before);
    }
    Operator transpose =
        new Operator.Transpose(permutation.get(0), permutation.get(1), permutation.get(2));
    return new Written(
        sink.add("transpose", transpose, moved),
        new TensorShape(
            before.extent(permutation.get(0)),
            before.extent(permutation.get(1)),
            before.extent(permutation.get(2))));
  }

  /**
   * Brings any number of blocks into order: what is in order stays in front, and the rest is
   * rotated until the block that comes next leads it.
   */
  private Written rotated(Written from, List<List<Atom>> blocks, List<Atom> target)
      throws DefectException {
    Written written = from;
    List<Atom> now = order(blocks);
    for (int done = 0; done < target.size(); done++) {
      int next = now.indexOf(target.get(done));
      if (next > done) {
        List<List<Atom>> parts =
            List.of(now.subList(0, done), now.subList(done, next), now.subList(next, now.size()));
        List<Atom> rotated = order(List.of(parts.get(0), parts.get(2), parts.get(1)));
        written = transposed(written, parts, rotated);
        now = rotated;
      }
    }
    return written;
  }

  /** Tells whether the places only exchange their contents. */
  private static boolean isExchange(List<List<Atom>> source, List<List<Atom>> target) {
    return !order(source).equals(order(target))
        && source.containsAll(target)
        && target.containsAll(source);
  }

  private int reshaped(int tensor, TensorShape from, TensorShape to, String part)
      throws DefectException {
    if (from.equals(to)) {
      return tensor;
    }
    boolean flat = to.height() == 1 && to.width() == 1;
    return sink.add(part, flat ? new Operator.Flatten() : new Operator.Reshape(to), tensor);
  }

  /** Returns the longest runs of atoms that stay together, in the order of the source. */
  private static List<List<Atom>> blocks(List<Atom> source, List<Atom> target) {
    List<List<Atom>> blocks = new ArrayList<>();
    for (Atom atom : source) {
      int at = target.indexOf(atom);
      List<Atom> last = blocks.isEmpty() ? List.of() : blocks.get(blocks.size() - 1);
      if (at > 0 && !last.isEmpty() && last.get(last.size() - 1).equals(target.get(at - 1))) {
        last.add(atom);
      } else {
        blocks.add(new ArrayList<>(List.of(atom)));
      }
    }
    if (blocks.isEmpty()) {
      blocks.add(List.of());
    }
    return blocks;
  }

  /** Returns which block comes first, second and third in {@code target}. */
  private static List<Axis> permutation(List<List<Atom>> blocks, List<Atom> target) {
    List<Axis> permutation = new ArrayList<>();
    List<Axis> unused = new ArrayList<>(List.of(Axis.values()));
    for (Atom atom : target) {
      for (int block = 0; block < blocks.size(); block++) {
        if (!blocks.get(block).isEmpty() && blocks.get(block).get(0).equals(atom)) {
          permutation.add(Axis.values()[block]);
        }
      }
    }
    unused.removeAll(permutation);
    permutation.addAll(unused);
    return permutation;
  }

  /** Returns the operator that does it all at once, if there is one. */
  private static Optional<Operator> special(List<List<Atom>> source, List<List<Atom>> target) {
    List<Atom> channels = source.get(0);
    boolean mapStays = source.subList(1, 3).equals(target.subList(1, 3));
    if (mapStays && channels.size() == 2 && target.get(0).size() == 2) {
      return Optional.of(new Operator.ChannelShuffle(channels.get(0).extent()));
    }
    return target.get(1).isEmpty() || target.get(2).isEmpty()
        ? Optional.empty()
        : depthToSpace(source, target);
  }

  /** Recognises channels that become the inner part of rows and columns. */
  private static Optional<Operator> depthToSpace(List<List<Atom>> source, List<List<Atom>> target) {
    List<Atom> rows = target.get(1);
    List<Atom> columns = target.get(2);
    Atom down = rows.get(rows.size() - 1);
    Atom right = columns.get(columns.size() - 1);
    boolean mapStays =
        source.get(1).equals(rows.subList(0, rows.size() - 1))
            && source.get(2).equals(columns.subList(0, columns.size() - 1));
    if (!mapStays || down.extent() != right.extent()) {
      return Optional.empty();
    }
    List<Atom> block = List.of(down, right);
    if (source.get(0).equals(order(List.of(target.get(0), block)))) {
      return Optional.of(new Operator.DepthToSpace(down.extent(), true));
    }
    if (source.get(0).equals(order(List.of(block, target.get(0))))) {
      return Optional.of(new Operator.DepthToSpace(down.extent(), false));
    }
    return Optional.empty();
  }
}
