package org.edgeld.workbench.split.joint;

import java.util.Arrays;
import org.edgeld.workbench.link.SharedExchange;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.PlanContext;

/**
 * A frame to which pieces are added. That follows the simulator's rules (sends after the compute
 * before them, slices share interfaces), but treats one piece after the other and each interface by
 * itself ({@link SharedExchange}), so it takes a microsecond. The search tries a hundred thousand
 * pieces and keeps few of the frames, so all are tried in one place, without allocating. Not
 * thread-safe.
 */
final class FrameStep implements Progress {
  private static final Tensors NOTHING = new Tensors(new int[0], new int[0][]);

  private final Tiles tiles;
  private final boolean throughHead;
  private final int devices;
  private final int head;
  private final double[] now;
  private final double[] out;
  private final double[] in;
  private final double[] computed;
  private final double[] sent;
  private final double[] received;
  private final double[] arrived;
  private final long[] elements;

  /** The tensors of which somebody owns something, and their boxes. */
  private final int[] tensors;

  private final int[][] owners;
  private int size;

  /** Those of them that go to the head next. */
  private final int[] finished;

  private int finishes;

  FrameStep(PlanContext context, Tiles tiles, Routing routing) {
    this.tiles = tiles;
    this.throughHead = routing == Routing.HEAD;
    this.devices = context.devices();
    this.head = context.head().index();
    this.now = new double[devices];
    this.out = new double[devices];
    this.in = new double[devices];
    this.computed = new double[devices];
    this.sent = new double[devices];
    this.received = new double[devices];
    this.arrived = new double[devices];
    this.elements = new long[devices];
    int all = context.geometry().shapes().size();
    this.tensors = new int[all];
    this.owners = new int[all][];
    this.finished = new int[all];
  }

  /** Goes on from a frame, and forgets what was here. */
  void begin(FrameEstimate frame) {
    System.arraycopy(frame.ready(), 0, now, 0, devices);
    System.arraycopy(frame.egress(), 0, out, 0, devices);
    System.arraycopy(frame.ingress(), 0, in, 0, devices);
    System.arraycopy(frame.computing(), 0, computed, 0, devices);
    System.arraycopy(frame.sending(), 0, sent, 0, devices);
    System.arraycopy(frame.receiving(), 0, received, 0, devices);
    size = frame.owned().size();
    System.arraycopy(frame.owned().tensors(), 0, tensors, 0, size);
    System.arraycopy(frame.owned().boxes(), 0, owners, 0, size);
    finishes = frame.finished().length;
    System.arraycopy(frame.finished(), 0, finished, 0, finishes);
  }

  @Override
  public double[] ready() {
    return now;
  }

  @Override
  public double[] computing() {
    return computed;
  }

  /** Adds a piece. */
  void add(Work work) {
    move(work.inputs(), work.sole());
    for (int device = 0; device < devices; device++) {
      if (work.active()[device]) {
        now[device] = Math.max(now[device], arrived[device]) + work.nanos()[device];
        computed[device] += work.nanos()[device];
      }
    }
    own(work);
  }

  /** Returns the frame as it is by now. */
  FrameEstimate frame() {
    return new FrameEstimate(
        this,
        now.clone(),
        out.clone(),
        in.clone(),
        computed.clone(),
        sent.clone(),
        received.clone(),
        new Tensors(Arrays.copyOf(tensors, size), Arrays.copyOf(owners, size)),
        Arrays.copyOf(finished, finishes));
  }

  /**
   * Ends the frame and returns when the head has all outputs, in nanoseconds after it had the
   * input.
   */
  double latencyNanos() {
    move(NOTHING, -1);
    return Math.max(now[head], arrived[head]);
  }

  /**
   * Ends the frame and returns how long the busiest processor or interface works on it, outputs
   * included.
   */
  double busiestNanos() {
    move(NOTHING, -1);
    double busiest = 0;
    for (int device = 0; device < devices; device++) {
      double interfaces = Math.max(sent[device], received[device]);
      busiest = Math.max(busiest, Math.max(interfaces, computed[device]));
    }
    return busiest;
  }

  private void move(Tensors inputs, int sole) {
    Arrays.fill(arrived, 0);
    if (throughHead) {
      gather(inputs, sole);
    }
    for (int to = 0; to < devices; to++) {
      boolean needs = false;
      for (int i = 0; i < inputs.size(); i++) {
        needs |= add(inputs.tensors()[i], inputs.boxes()[i], to);
      }
      for (int i = 0; to == head && i < finishes; i++) {
        needs |= add(finished[i], tiles.whole(finished[i], head), head);
      }
      for (int from = 0; needs && from < devices; from++) {
        if (from != to && elements[from] > 0) {
          send(from, to, elements[from] * Float.BYTES);
        }
        elements[from] = 0;
      }
    }
    deliver();
  }

  /** Adds what each device has of a box that one of them needs, if that needs anything. */
  private boolean add(int tensor, int[] needed, int to) {
    if (Tensors.empty(needed, to)) {
      return false;
    }
    int[] boxes = owners[indexOf(tensor)];
    for (int from = 0; from < devices; from++) {
      elements[from] += Tensors.common(boxes, from, needed, to);
    }
    return true;
  }

  private int indexOf(int tensor) {
    for (int i = 0; i < size; i++) {
      if (tensors[i] == tensor) {
        return i;
      }
    }
    throw new IllegalStateException("Tensor " + tensor + " was not made yet.");
  }

  private void send(int from, int to, long bytes) {
    double nanos = tiles.transmissionNanos(from, to, bytes);
    tiles.exchange().add(from, to, nanos);
    sent[from] += nanos * tiles.interfaces().outgoingShare(from, to);
    received[to] += nanos * tiles.interfaces().incomingShare(from, to);
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
    for (int i = 0; i < size; i++) {
      int tensor = tensors[i];
      if (!has(inputs.tensors(), inputs.size(), tensor) && !has(finished, finishes, tensor)) {
        continue;
      }
      boolean stays =
          sole >= 0
              && !tiles.yielded(tensor)
              && Arrays.equals(owners[i], tiles.whole(tensor, sole));
      if (!stays) {
        int[] atHead = tiles.whole(tensor, head);
        for (int from = 0; from < devices; from++) {
          long gathered = from == head ? 0 : Tensors.common(owners[i], from, atHead, head);
          if (gathered > 0) {
            send(from, head, gathered * Float.BYTES);
          }
        }
        owners[i] = atHead;
      }
    }
    deliver();
    now[head] = Math.max(now[head], arrived[head]);
  }

  private static boolean has(int[] tensors, int size, int tensor) {
    for (int i = 0; i < size; i++) {
      if (tensors[i] == tensor) {
        return true;
      }
    }
    return false;
  }

  /** What nobody reads any more is forgotten, but for outputs that the head has yet to get. */
  private void own(Work work) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (tiles.readFrom(work.layerEnd(), tensors[i])) {
        tensors[kept] = tensors[i];
        owners[kept++] = owners[i];
      }
    }
    finishes = 0;
    Tensors made = work.outputs();
    for (int i = 0; i < made.size(); i++) {
      int tensor = made.tensors()[i];
      if (tiles.yielded(tensor)) {
        finished[finishes++] = tensor;
      }
      if (tiles.yielded(tensor) || tiles.readFrom(work.layerEnd(), tensor)) {
        tensors[kept] = tensor;
        owners[kept++] = made.boxes()[i];
      }
    }
    size = kept;
  }
}
