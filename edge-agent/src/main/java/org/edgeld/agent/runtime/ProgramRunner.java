package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * Runs one device's program for frame 0, 1, 2, … on its own thread. A frame starts on the head when
 * its input has arrived, elsewhere when its first slice has; nothing else is exchanged per frame.
 */
public final class ProgramRunner implements AutoCloseable {
  private final Setup setup;
  private final TensorPlan plan;
  private final BufferPool pool;
  private final AtomicReference<Throwable> stopped = new AtomicReference<>();
  private final Thread thread;

  // both guarded by the map
  private final Map<Long, FrameTensors> frames = new HashMap<>();
  private long current;

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
    this.setup = setup;
    this.plan = new TensorPlan(setup.programs(), setup.device());
    this.pool = pool;
    this.thread =
        new Thread(this::runFrames, "runner-" + setup.device() + "-" + setup.deployment());
    thread.setDaemon(true);
  }

  /**
   * Computes every tile once, in the memory of a frame but without exchange, so that the first
   * frame finds engine and buffers warm.
   *
   * @param cancelled asked before every tile and after every operator
   * @throws CancellationException if {@code cancelled} said so
   */
  public void warmUp(BooleanSupplier cancelled) {
    Pacer unlessCancelled =
        () -> {
          if (cancelled.getAsBoolean()) {
            throw new CancellationException("The deployment was removed.");
          }
        };
    FrameTensors tensors = new FrameTensors(plan, pool);
    try {
      for (int i = 0; i < plan.program().steps().size(); i++) {
        if (plan.tiles().containsKey(i)) {
          unlessCancelled.operatorDone();
          tensors.compute(i, setup.model(), unlessCancelled);
        }
        tensors.release(i);
      }
    } finally {
      tensors.releaseAll();
    }
  }

  /** Starts waiting for frame 0. */
  public void start() {
    if (!plan.program().steps().isEmpty()) {
      thread.start();
    }
  }

  /**
   * Returns the indices of the layers that a device computes.
   *
   * @throws IllegalArgumentException if the device's program cannot be run
   */
  public static Set<Integer> layers(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).layers();
  }

  /** Returns the devices that a device exchanges slices with. */
  public static Set<DeviceId> peers(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).peers();
  }

  /** Returns what a frame takes in memory besides the weights, estimated from above. */
  public static long frameBytes(ProgramSet programs, DeviceId device) {
    return FrameBytes.of(new TensorPlan(programs, device)).total();
  }

  /**
   * Says where a slice from a peer goes.
   *
   * @throws IOException if the program expects no such slice now
   */
  public ByteBuffer destination(DeviceId from, TensorData header) throws IOException {
    int step = receiveStep(from, header);
    return frame(header.frame()).destination(step);
  }

  /** A slice from a peer is where it was to go. */
  public void received(DeviceId from, TensorData header) throws IOException {
    frame(header.frame()).arrived(receiveStep(from, header));
  }

  /**
   * Says where the model's input goes.
   *
   * @throws IOException if this device is not the head, or expects no such input now
   */
  public ByteBuffer inputDestination(TensorData header) throws IOException {
    Slice whole = Slice.whole(TensorId.INPUT, plan.graph().input());
    boolean head = setup.programs().head().equals(setup.device());
    if (!head || !header.slice().equals(whole)) {
      throw new IOException("The slice " + header.slice() + " is not the input of this device.");
    }
    return frame(header.frame()).inputDestination();
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
    List<FrameTensors> left;
    synchronized (frames) {
      left = List.copyOf(frames.values());
      frames.clear();
    }
    left.forEach(FrameTensors::releaseAll);
  }

  /** Stops because of something outside the program, such as a lost peer. */
  public void fail(IOException cause) {
    stop(cause);
  }

  private void stop(Throwable cause) {
    if (stopped.compareAndSet(null, cause)) {
      synchronized (frames) {
        frames.values().forEach(tensors -> tensors.fail(cause));
      }
    }
  }

  /**
   * Returns the tensors of the frame under way or of the next, which may fill meanwhile.
   *
   * @throws IOException if the frame is another one or the program was stopped
   */
  private FrameTensors frame(long number) throws IOException {
    synchronized (frames) {
      // who stops the program fails the frames that are here, and comes after this if not before
      Throwable cause = stopped.get();
      if (cause != null) {
        throw new IOException("The program was stopped: " + cause.getMessage(), cause);
      }
      if (number != current && number != current + 1) {
        throw new IOException(
            "A slice of frame %d arrives while frame %d runs.".formatted(number, current));
      }
      return frames.computeIfAbsent(number, n -> new FrameTensors(plan, pool));
    }
  }

  private void end(long number) {
    FrameTensors tensors;
    synchronized (frames) {
      tensors = frames.remove(number);
      current = number + 1;
    }
    tensors.releaseAll();
  }

  private int receiveStep(DeviceId from, TensorData header) throws IOException {
    return plan.receiveStep(from, header.slice())
        .orElseThrow(
            () ->
                new IOException("No slice " + header.slice() + " is expected from " + from + "."));
  }

  private void runFrames() {
    long number = 0;
    int step = FrameRun.NO_STEP;
    try {
      FrameRun.Program program =
          new FrameRun.Program(setup, plan, setup.shares().get(), new Stop());
      while (true) {
        FrameRun run = new FrameRun(program, number, frame(number));
        try {
          run.run();
        } finally {
          step = run.step();
        }
        // who hears of the end may send the next input, which then finds the buffers free
        end(number);
        run.report();
        number++;
      }
    } catch (IOException | RuntimeException | Error e) {
      stop(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
      // the first cause; what the frame ended with may follow from it
      Throwable cause = stopped.get();
      if (!(cause instanceof CancellationException)) {
        setup.listener().failed(number, step, cause);
      }
    }
  }

  /** How the frame under way ends early. */
  private final class Stop implements FrameRun.Stopping {
    @Override
    public void check() {
      Throwable cause = stopped.get();
      if (cause != null) {
        throw new CompletionException(cause);
      }
    }

    @Override
    public void stop(Throwable cause) {
      ProgramRunner.this.stop(cause);
    }
  }
}
