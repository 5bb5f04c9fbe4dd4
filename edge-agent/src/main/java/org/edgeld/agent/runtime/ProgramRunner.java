package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * Runs one device's program for frame 0, 1, 2, … on its own thread. A frame starts on the head when
 * its input has arrived, elsewhere when its first slice has; nothing else is exchanged per frame.
 */
public final class ProgramRunner implements AutoCloseable {
  private final TensorPlan plan;
  private final boolean head;
  private final DeploymentId deployment;
  private final LoadedModel model;
  private final PeerLinks links;
  private final FrameListener listener;
  private final Supplier<CpuShare> shares;
  private final BufferPool pool;
  private final ConcurrentHashMap<Long, FrameTensors> frames = new ConcurrentHashMap<>();
  private final AtomicReference<Throwable> stopped = new AtomicReference<>();
  private final Thread thread;
  private final AtomicLong frame = new AtomicLong();

  /**
   * What a runner needs besides its program.
   *
   * @param deployment names the slices on the wire
   * @param programs the programs of all devices
   * @param device whose program to run
   * @param model weights of the layers the program computes
   * @param links ways to the peers
   * @param listener told how frames end
   * @param shares makes the emulation of the runner's thread, called on it
   */
  public record Setup(
      DeploymentId deployment,
      ProgramSet programs,
      DeviceId device,
      LoadedModel model,
      PeerLinks links,
      FrameListener listener,
      Supplier<CpuShare> shares) {}

  public ProgramRunner(Setup setup) {
    this(setup, new BufferPool());
  }

  ProgramRunner(Setup setup, BufferPool pool) {
    this.pool = pool;
    this.plan = new TensorPlan(setup.programs(), setup.device());
    this.head = setup.programs().head().equals(setup.device());
    this.deployment = setup.deployment();
    this.model = setup.model();
    this.links = setup.links();
    this.listener = setup.listener();
    this.shares = setup.shares();
    this.thread =
        new Thread(this::runFrames, "runner-" + setup.device() + "-" + setup.deployment());
    thread.setDaemon(true);
  }

  /**
   * Runs every tile once on zeros, so that the first frame finds the engine warm.
   *
   * @param cancelled asked after every operator
   * @throws CancellationException if {@code cancelled} said so
   */
  public void warmUp(BooleanSupplier cancelled) {
    Pacer unlessCancelled =
        () -> {
          if (cancelled.getAsBoolean()) {
            throw new CancellationException("The deployment was removed.");
          }
        };
    for (BlockTile tile : plan.tiles()) {
      unlessCancelled.operatorDone();
      int bytes = tile.inputRows().size() * plan.rowBytes(tile.block().input());
      ByteBuffer input = pool.take(bytes);
      for (int i = 0; i < bytes; i += Long.BYTES) {
        if (bytes - i >= Long.BYTES) {
          input.putLong(i, 0);
        } else {
          input.putInt(i, 0);
        }
      }
      model.compute(tile, input, unlessCancelled).close();
      pool.give(input);
    }
  }

  /** Starts waiting for frame 0. */
  public void start() {
    if (!plan.program().steps().isEmpty()) {
      thread.start();
    }
  }

  /** Returns the indices of the layers that a device computes. */
  public static Set<Integer> layers(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).layers();
  }

  /** Returns what a frame takes in memory besides the weights, estimated. */
  public static long frameBytes(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).frameBytes();
  }

  /**
   * Says where a slice from a peer goes.
   *
   * @throws IOException if the program expects no such slice now
   */
  public ByteBuffer destination(DeviceId from, TensorData header) throws IOException {
    FrameTensors tensors = frame(header.frame());
    int step = receiveStep(from, header);
    if (tensors.arrival(step).isDone()) {
      throw new IOException("The slice " + header.slice() + " arrives twice in one frame.");
    }
    return tensors.destination(header.slice());
  }

  /** A slice from a peer is in its place. */
  public void received(DeviceId from, TensorData header) throws IOException {
    frame(header.frame()).arrived(receiveStep(from, header));
  }

  /**
   * Says where the model's input goes.
   *
   * @throws IOException if this device is not the head or the frame is not due
   */
  public ByteBuffer inputDestination(TensorData header) throws IOException {
    Slice whole = Slice.whole(TensorId.INPUT, plan.shape(TensorId.INPUT));
    if (!head || !header.slice().equals(whole)) {
      throw new IOException("The slice " + header.slice() + " is not the input of this device.");
    }
    FrameTensors tensors = frame(header.frame());
    if (tensors.input().isDone()) {
      throw new IOException("The input of frame " + header.frame() + " arrives twice.");
    }
    return tensors.destination(whole);
  }

  /** The model's input is in its place. */
  public void inputReceived(TensorData header) throws IOException {
    frame(header.frame()).inputArrived();
  }

  /** Stops the frame under way, with a reason that the listener is not told. */
  @Override
  public void close() {
    stop(new CancellationException("The deployment was removed."));
    if (thread != Thread.currentThread()) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    frames.values().forEach(FrameTensors::releaseAll);
    frames.clear();
  }

  /** Stops because of something outside the program, such as a lost peer. */
  public void fail(IOException cause) {
    stop(cause);
  }

  private void stop(Throwable cause) {
    if (stopped.compareAndSet(null, cause)) {
      frames.values().forEach(tensors -> tensors.fail(cause));
    }
  }

  private void checkStopped() {
    Throwable cause = stopped.get();
    if (cause != null) {
      throw new CompletionException(cause);
    }
  }

  /** A frame's tensors may fill while the frame before it still runs, but not earlier. */
  private FrameTensors frame(long number) throws IOException {
    long current = frame.get();
    if (number != current && number != current + 1) {
      throw new IOException(
          "A slice of frame %d arrives while frame %d runs.".formatted(number, current));
    }
    FrameTensors tensors = frames.computeIfAbsent(number, n -> new FrameTensors(plan, pool));
    Throwable cause = stopped.get();
    if (cause != null) {
      tensors.fail(cause);
    }
    return tensors;
  }

  private int receiveStep(DeviceId from, TensorData header) throws IOException {
    return plan.receiveStep(from, header.slice())
        .orElseThrow(
            () ->
                new IOException("No slice " + header.slice() + " is expected from " + from + "."));
  }

  private void runFrames() {
    CpuShare share = shares.get();
    int[] step = {-1};
    try {
      while (stopped.get() == null) {
        step[0] = -1;
        runFrame(frame(frame.get()), share, step);
        frames.remove(frame.get()).releaseAll();
        frame.incrementAndGet();
      }
    } catch (IOException | RuntimeException | Error e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      stop(cause);
      if (!(stopped.get() instanceof CancellationException)) {
        listener.failed(frame.get(), step[0], cause);
      }
    }
  }

  private void runFrame(FrameTensors tensors, CpuShare share, int[] current) {
    DeviceProgram program = plan.program();
    int steps = program.steps().size();
    Timing timing = new Timing(steps);
    if (head) {
      tensors.input().join();
    }
    long start = System.nanoTime();
    StepRunner runner = new StepRunner(tensors, share, timing);
    for (int i = 0; i < steps; i++) {
      checkStopped();
      current[0] = i;
      runner.step = i;
      timing.startNanos[i] = System.nanoTime();
      timing.endNanos[i] = timing.startNanos[i];
      program.steps().get(i).accept(runner);
    }
    long end = System.nanoTime();
    current[0] = -1;
    if (head) {
      yieldOutputs(tensors, start, end);
    }
    timing.sends.arriveAndAwaitAdvance();
    checkStopped();
    listener.report(frame.get(), timing.startNanos, timing.endNanos, runner.overcommittedNanos);
  }

  private void yieldOutputs(FrameTensors tensors, long start, long end) {
    for (TensorId output : plan.graph().outputs()) {
      Range rows = Range.upTo(plan.shape(output).height());
      SharedRows shared = tensors.rows(output, rows);
      shared.retain();
      listener.output(frame.get(), output, shared.view(rows), shared::release);
    }
    listener.done(frame.get(), start, end);
  }

  /** When the steps of one frame ran. */
  private static final class Timing {
    final long[] startNanos;

    /** Writer threads fill in the ends of sends. */
    final long[] endNanos;

    /** Has a party for every send under way. */
    final Phaser sends = new Phaser(1);

    Timing(int steps) {
      startNanos = new long[steps];
      endNanos = new long[steps];
    }
  }

  /** Runs one step of the frame. */
  private final class StepRunner implements Step.Handler<Void> {
    private final FrameTensors tensors;
    private final CpuShare share;
    private final Timing timing;
    private int step;
    private long overcommittedNanos;

    StepRunner(FrameTensors tensors, CpuShare share, Timing timing) {
      this.tensors = tensors;
      this.share = share;
      this.timing = timing;
    }

    @Override
    public Void receive(Step.Receive receive) {
      CompletableFuture<Void> arrival = tensors.arrival(step);
      arrival.join();
      timing.endNanos[step] = System.nanoTime();
      return null;
    }

    @Override
    public Void compute(Step.Compute compute) {
      BlockTile tile = plan.tile(step);
      TensorId in = compute.block().input();
      ByteBuffer input = tensors.rows(in, tile.inputRows()).view(tile.inputRows());
      share.begin();
      TileResult result;
      try {
        result =
            model.compute(
                tile,
                input,
                () -> {
                  checkStopped();
                  share.operatorDone();
                });
      } finally {
        share.end();
        overcommittedNanos += share.overcommittedNanos();
      }
      tensors.put(compute.output().tensor(), compute.output().rows(), result);
      timing.endNanos[step] = System.nanoTime();
      return null;
    }

    @Override
    public Void send(Step.Send send) {
      Slice slice = send.slice();
      SharedRows rows = tensors.rows(slice.tensor(), slice.rows());
      rows.retain();
      int index = step;
      timing.sends.register();
      links.send(
          send.to(),
          new TensorData(deployment, frame.get(), slice),
          rows.view(slice.rows()).order(ByteOrder.nativeOrder()),
          nanos -> {
            timing.endNanos[index] = Math.max(nanos, timing.startNanos[index]);
            rows.release();
            timing.sends.arriveAndDeregister();
          },
          cause -> {
            rows.release();
            stop(cause);
            timing.sends.arriveAndDeregister();
          });
      return null;
    }

    @Override
    public Void release(Step.Release release) {
      tensors.release(release.tensor());
      return null;
    }
  }
}
