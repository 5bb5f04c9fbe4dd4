package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * Runs one device's program for frame 0, 1, 2, … on its own thread, several of them at a time if
 * the deployment says so ({@link FrameScheduler}). A frame starts on the head when its input has
 * arrived, elsewhere when its first slice has; nothing else is exchanged per frame.
 */
public final class ProgramRunner implements AutoCloseable {
  private final Setup setup;
  private final TensorPlan plan;
  private final BufferPool pool;
  private final Serialisation serialisation;
  private final Outbox outbox;
  private final FrameWindow window;
  private final AtomicReference<Throwable> stopped = new AtomicReference<>();
  private final Thread thread;

  /**
   * What a runner needs besides its program.
   *
   * @param deployment names the slices on the wire
   * @param programs the programs of all devices
   * @param device whose program to run
   * @param model weights of the layers the program computes
   * @param links ways to the peers
   * @param listener told how frames end
   * @param shares makes the emulation of a thread that works for the device, called on it
   * @param framesInFlight how many frames may be under way at one time, at least 1
   * @param precision how slices travel between the devices
   */
  public record Setup(
      DeploymentId deployment,
      ProgramSet programs,
      DeviceId device,
      LoadedModel model,
      PeerLinks links,
      FrameListener listener,
      Supplier<CpuShare> shares,
      int framesInFlight,
      Precision precision) {
    /** Creates the setup of a runner whose slices travel as float32. */
    public Setup(
        DeploymentId deployment,
        ProgramSet programs,
        DeviceId device,
        LoadedModel model,
        PeerLinks links,
        FrameListener listener,
        Supplier<CpuShare> shares,
        int framesInFlight) {
      this(
          deployment,
          programs,
          device,
          model,
          links,
          listener,
          shares,
          framesInFlight,
          Precision.FLOAT32);
    }
  }

  public ProgramRunner(Setup setup) {
    this(setup, new BufferPool());
  }

  ProgramRunner(Setup setup, BufferPool pool) {
    this.setup = setup;
    this.plan = new TensorPlan(setup.programs(), setup.device());
    this.pool = pool;
    String name = setup.device() + "-" + setup.deployment();
    this.serialisation = new Serialisation(setup.precision(), setup.shares(), "serialiser-" + name);
    this.outbox = new Outbox(setup.links(), serialisation, pool);
    this.thread = new Thread(this::runFrames, "runner-" + name);
    thread.setDaemon(true);
    this.window =
        new FrameWindow(
            setup.framesInFlight(),
            () -> new FrameTensors(plan, pool, serialisation, () -> LockSupport.unpark(thread)));
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
    FrameTensors tensors = new FrameTensors(plan, pool, serialisation, () -> {});
    try {
      for (int i = 0; i < plan.program().steps().size(); i++) {
        if (plan.tiles().containsKey(i)) {
          unlessCancelled.operatorDone();
          tensors.compute(i, setup.model(), unlessCancelled, System::nanoTime);
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
   * Returns the weights that a device computes with.
   *
   * @throws IllegalArgumentException if the device's program cannot be run
   */
  public static NeededWeights weights(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).weights();
  }

  /** Returns the devices that a device exchanges slices with. */
  public static Set<DeviceId> peers(ProgramSet programs, DeviceId device) {
    return new TensorPlan(programs, device).peers();
  }

  /**
   * Returns what frames take in memory besides the weights, estimated from above.
   *
   * @param framesInFlight how many frames may be under way at one time
   * @param precision how slices travel
   */
  public static long frameBytes(
      ProgramSet programs, DeviceId device, int framesInFlight, Precision precision) {
    return FrameBytes.of(new TensorPlan(programs, device), precision).total(framesInFlight);
  }

  /**
   * Says where a slice from a peer goes.
   *
   * @throws IOException if the program expects no such slice now
   */
  public ByteBuffer destination(DeviceId from, TensorData header) throws IOException {
    if (!setup.precision().admits(header.precision())) {
      throw new IOException(
          "The slice %s comes as %s, but slices of this deployment travel as %s."
              .formatted(header.slice(), header.precision().id(), setup.precision().id()));
    }
    int step = receiveStep(from, header);
    FrameTensors tensors = frame(header.frame());
    return header.precision() == Precision.FLOAT32
        ? tensors.destination(step)
        : tensors.destination(step, header.precision(), header.payloadBytes());
  }

  /**
   * A slice from a peer is where it was to go. One that did not travel as float32 is read on
   * another thread, so that the next one can arrive meanwhile; the program fails if it is damaged.
   *
   * @throws IOException if the program expects no such slice now
   */
  public void received(DeviceId from, TensorData header) throws IOException {
    FrameTensors tensors = frame(header.frame());
    int step = receiveStep(from, header);
    if (header.precision() == Precision.FLOAT32) {
      tensors.arrived(step);
    } else {
      serialisation.execute(() -> read(tensors, step));
    }
  }

  private void read(FrameTensors tensors, int step) {
    try {
      tensors.arrived(step);
    } catch (IOException | RuntimeException | Error e) {
      stop(e);
    }
  }

  /**
   * Says where the model's input goes.
   *
   * @throws IOException if this device is not the head, or expects no such input now
   */
  public ByteBuffer inputDestination(TensorData header) throws IOException {
    Slice whole = Slice.whole(TensorId.INPUT, plan.graph().input());
    boolean head = setup.programs().head().equals(setup.device());
    boolean plain = header.precision() == Precision.FLOAT32;
    if (!head || !plain || !header.slice().equals(whole)) {
      throw new IOException("The slice " + header.slice() + " is not the input of this device.");
    }
    return frame(header.frame()).inputDestination();
  }

  /** The model's input is in its place. */
  public void inputReceived(TensorData header) throws IOException {
    frame(header.frame()).inputArrived();
  }

  /** Stops the frames under way, with a reason that the listener is not told. */
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
    outbox.close();
    serialisation.close();
    window.clear().forEach(FrameTensors::releaseAll);
  }

  /** Stops because of something outside the program, such as a lost peer. */
  public void fail(IOException cause) {
    stop(cause);
  }

  private void stop(Throwable cause) {
    if (stopped.compareAndSet(null, cause)) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Returns the tensors of a frame under way or of one of the next, which may fill meanwhile.
   *
   * @throws IOException if the frame is another one or the program was stopped
   */
  private FrameTensors frame(long number) throws IOException {
    Throwable cause = stopped.get();
    if (cause != null) {
      throw new IOException("The program was stopped: " + cause.getMessage(), cause);
    }
    return window.of(number);
  }

  private int receiveStep(DeviceId from, TensorData header) throws IOException {
    return plan.receiveStep(from, header.slice())
        .orElseThrow(
            () ->
                new IOException("No slice " + header.slice() + " is expected from " + from + "."));
  }

  private void runFrames() {
    FrameScheduler scheduler = null;
    try (CpuShare share = setup.shares().get()) {
      scheduler =
          new FrameScheduler(new FrameRun.Program(setup, plan, outbox, share, new Stop()), window);
      scheduler.run();
    } catch (IOException | RuntimeException | Error e) {
      stop(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
      // the first cause; what the frame ended with may follow from it
      Throwable cause = stopped.get();
      if (!(cause instanceof CancellationException)) {
        long frame = scheduler == null ? 0 : scheduler.frame();
        int step = scheduler == null ? FrameRun.NO_STEP : scheduler.step();
        setup.listener().failed(frame, step, cause);
      }
    }
  }

  /** How the frames under way end early. */
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
