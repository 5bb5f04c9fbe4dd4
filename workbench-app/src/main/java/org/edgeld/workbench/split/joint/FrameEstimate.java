package org.edgeld.workbench.split.joint;

import java.util.Arrays;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorId;
import org.edgeld.workbench.link.SharedExchange;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.PlanContext;

/**
 * A frame after some pieces: when each device and each interface is free, and who owns which part
 * of the tensors made so far. Adding a piece follows the simulator's rules (sends after the compute
 * before them, slices share interfaces), but treats one piece after the other and each interface by
 * itself ({@link SharedExchange}), so it takes a microsecond. Immutable.
 */
final class FrameEstimate {
  private final PlanContext context;
  private final Tiles tiles;
  private final Routing routing;
  private final double[] ready;
  private final double[] egress;
  private final double[] ingress;
  private final double[] computing;
  private final double[] sending;
  private final double[] receiving;
  private final Tensors owned;
  private final int[] finished;

  private FrameEstimate(
      PlanContext context,
      Tiles tiles,
      Routing routing,
      double[][] free,
      double[][] spent,
      Tensors owned,
      int[] finished) {
    this.context = context;
    this.tiles = tiles;
    this.routing = routing;
    this.ready = free[0];
    this.egress = free[1];
    this.ingress = free[2];
    this.computing = spent[0];
    this.sending = spent[1];
    this.receiving = spent[2];
    this.owned = owned;
    this.finished = finished;
  }

  /** Returns the beginning: the head has the input. */
  static FrameEstimate start(PlanContext context, Tiles tiles, Routing routing) {
    int devices = context.devices();
    Region input = Region.whole(context.graph().input());
    return new FrameEstimate(
        context,
        tiles,
        routing,
        new double[3][devices],
        new double[3][devices],
        new Tensors(
            new int[] {TensorId.INPUT.index()},
            new int[][] {Tensors.only(devices, context.head().index(), input)}),
        new int[0]);
  }

  /** Returns when each device is done with what it computes so far; not to be changed. */
  double[] ready() {
    return ready;
  }

  /** Returns how long each device computes so far; not to be changed. */
  double[] computing() {
    return computing;
  }

  /** Returns the frame after one more piece. */
  FrameEstimate with(Work work) {
    Step step = new Step();
    step.move(work.inputs(), work.sole());
    for (int device = 0; device < ready.length; device++) {
      if (work.active()[device]) {
        step.now[device] = Math.max(step.now[device], step.arrived[device]) + work.nanos()[device];
        step.computed[device] += work.nanos()[device];
      }
    }
    return step.after(work);
  }

  /** Returns when the head has all outputs, in nanoseconds after it had the input. */
  double latencyNanos() {
    Step end = end();
    int head = context.head().index();
    return Math.max(end.now[head], end.arrived[head]);
  }

  /** Returns how long the busiest processor or interface works on the frame, outputs included. */
  double busiestNanos() {
    Step end = end();
    double busiest = 0;
    for (int device = 0; device < ready.length; device++) {
      double interfaces = Math.max(end.sent[device], end.received[device]);
      busiest = Math.max(busiest, Math.max(interfaces, end.computed[device]));
    }
    return busiest;
  }

  private Step end() {
    Step step = new Step();
    step.move(new Tensors(new int[0], new int[0][]), -1);
    return step;
  }

  /** The next state under construction. */
  private final class Step {
    private final int devices = context.devices();
    private final int head = context.head().index();
    private final double[] now = ready.clone();
    private final double[] out = egress.clone();
    private final double[] in = ingress.clone();
    private final double[] computed = computing.clone();
    private final double[] sent = sending.clone();
    private final double[] received = receiving.clone();
    private final double[] arrived = new double[devices];
    private final int[][] owners = owned.boxes().clone();

    private void move(Tensors inputs, int sole) {
      if (routing == Routing.HEAD) {
        gather(inputs, sole);
      }
      int[][] from = new int[inputs.size()][];
      for (int i = 0; i < from.length; i++) {
        from[i] = owners(inputs.tensors()[i]);
      }
      long[] elements = new long[devices];
      for (int to = 0; to < devices; to++) {
        Arrays.fill(elements, 0);
        for (int i = 0; i < from.length; i++) {
          add(elements, from[i], inputs.boxes()[i], to);
        }
        if (to == head) {
          for (int output : finished) {
            int[] atHead = Tensors.only(devices, head, whole(output));
            add(elements, owners(output), atHead, head);
          }
        }
        for (int device = 0; device < devices; device++) {
          if (device != to && elements[device] > 0) {
            send(device, to, elements[device] * Float.BYTES);
          }
        }
      }
      deliver();
    }

    private Region whole(int tensor) {
      return Region.whole(context.geometry().shapes().get(tensor));
    }

    private int[] owners(int tensor) {
      return new Tensors(owned.tensors(), owners).of(tensor);
    }

    private void add(long[] elements, int[] boxes, int[] needed, int to) {
      if (Tensors.empty(needed, to)) {
        return;
      }
      for (int from = 0; from < devices; from++) {
        elements[from] += Tensors.common(boxes, from, needed, to);
      }
    }

    private void send(int from, int to, long bytes) {
      double nanos = tiles.transmissionNanos(from, to, bytes);
      tiles.exchange().add(from, to, nanos);
      sent[from] += nanos;
      received[to] += nanos;
    }

    private void deliver() {
      SharedExchange exchange = tiles.exchange();
      exchange.deliver(now, out, in);
      for (int to = 0; to < devices; to++) {
        for (int i = 0; i < exchange.senders(to); i++) {
          int from = exchange.sender(to, i);
          double arrival = exchange.endNanos(from, to) + tiles.delayNanos(from, to);
          arrived[to] = Math.max(arrived[to], arrival);
        }
      }
      exchange.clear();
    }

    /** Everything that is read next comes to the head, which waits for it before it sends. */
    private void gather(Tensors inputs, int sole) {
      for (int i = 0; i < owned.size(); i++) {
        int tensor = owned.tensors()[i];
        if (!has(inputs.tensors(), tensor) && !has(finished, tensor)) {
          continue;
        }
        int[] atHead = Tensors.only(devices, head, whole(tensor));
        boolean stays =
            sole >= 0
                && !tiles.yielded(tensor)
                && Arrays.equals(owners[i], Tensors.only(devices, sole, whole(tensor)));
        if (!stays) {
          for (int from = 0; from < devices; from++) {
            long elements = Tensors.common(owners[i], from, atHead, head);
            if (from != head && elements > 0) {
              send(from, head, elements * Float.BYTES);
            }
          }
          owners[i] = atHead;
        }
      }
      deliver();
      now[head] = Math.max(now[head], arrived[head]);
    }

    private static boolean has(int[] tensors, int tensor) {
      for (int other : tensors) {
        if (other == tensor) {
          return true;
        }
      }
      return false;
    }

    /** What nobody reads any more is forgotten, but for outputs that the head has yet to get. */
    private FrameEstimate after(Work work) {
      Tensors made = work.outputs();
      int[] tensors = new int[owned.size() + made.size()];
      int[][] boxes = new int[tensors.length][];
      int[] yielded = new int[made.size()];
      int kept = 0;
      int outputs = 0;
      for (int i = 0; i < owned.size(); i++) {
        if (tiles.readFrom(work.layerEnd(), owned.tensors()[i])) {
          tensors[kept] = owned.tensors()[i];
          boxes[kept++] = owners[i];
        }
      }
      for (int i = 0; i < made.size(); i++) {
        int tensor = made.tensors()[i];
        if (tiles.yielded(tensor)) {
          yielded[outputs++] = tensor;
        }
        if (tiles.yielded(tensor) || tiles.readFrom(work.layerEnd(), tensor)) {
          tensors[kept] = tensor;
          boxes[kept++] = made.boxes()[i];
        }
      }
      return new FrameEstimate(
          context,
          tiles,
          routing,
          new double[][] {now, out, in},
          new double[][] {computed, sent, received},
          new Tensors(Arrays.copyOf(tensors, kept), Arrays.copyOf(boxes, kept)),
          Arrays.copyOf(yielded, outputs));
    }
  }
}
