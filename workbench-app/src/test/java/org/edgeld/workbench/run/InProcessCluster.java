package org.edgeld.workbench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.runtime.FrameListener;
import org.edgeld.agent.runtime.FrameTimes;
import org.edgeld.agent.runtime.PeerLinks;
import org.edgeld.agent.runtime.ProgramRunner;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * The agents' own runtime and engine, all devices in one process: only the sockets are replaced, by
 * a copy from one device's tensors to another's.
 */
public final class InProcessCluster implements AutoCloseable {
  private final ProgramSet programs;
  private final List<LoadedModel> models = new ArrayList<>();
  private final List<ProgramRunner> runners = new ArrayList<>();
  private final Map<TensorId, float[]> outputs = new ConcurrentHashMap<>();
  private final DeploymentId id = new DeploymentId(1);
  private final AtomicInteger unreported = new AtomicInteger();
  private CompletableFuture<Void> done = new CompletableFuture<>();
  private long frame;

  /** Loads each device's part of the weights and starts its runner. */
  public InProcessCluster(ProgramSet programs, TileEngine engine, WeightProvider weights)
      throws IOException {
    this.programs = programs;
    for (int i = 0; i < programs.programs().size(); i++) {
      DeviceId device = new DeviceId(i);
      LoadedModel model =
          engine.load(
              programs.graph(), ProgramRunner.weights(programs, device).channels(), weights);
      models.add(model);
      runners.add(
          new ProgramRunner(
              new ProgramRunner.Setup(
                  id, programs, device, model, new Links(device), new Ends(), () -> share(), 1)));
    }
    runners.forEach(ProgramRunner::start);
  }

  private static CpuShare share() {
    return new CpuShare(1);
  }

  /** Runs one frame on random input and returns the outputs, NHWC, by tensor. */
  Map<TensorId, float[]> run(long seed) throws Exception {
    Random random = new Random(seed);
    return run(
        input -> {
          while (input.hasRemaining()) {
            input.putFloat((float) random.nextGaussian());
          }
        });
  }

  /** Runs one frame and returns the outputs, NHWC, by tensor. */
  public Map<TensorId, float[]> run(HostTensor tensor) throws Exception {
    return run(
        input -> {
          ByteBuffer values = tensor.nhwc().duplicate().order(tensor.nhwc().order());
          while (input.hasRemaining()) {
            input.putFloat(values.getFloat());
          }
        });
  }

  private Map<TensorId, float[]> run(Consumer<ByteBuffer> fill) throws Exception {
    done = new CompletableFuture<>();
    outputs.clear();
    // the next frame may start only when this one is over everywhere
    unreported.set(
        (int) programs.programs().stream().filter(program -> !program.steps().isEmpty()).count());
    Slice whole = Slice.whole(TensorId.INPUT, programs.graph().input());
    TensorData header = new TensorData(id, frame++, whole);
    ProgramRunner head = runners.get(programs.head().index());
    fill.accept(head.inputDestination(header));
    head.inputReceived(header);
    done.get(1, TimeUnit.MINUTES);
    return Map.copyOf(outputs);
  }

  @Override
  public void close() {
    runners.forEach(ProgramRunner::close);
    models.forEach(LoadedModel::close);
  }

  private final class Links implements PeerLinks {
    private final DeviceId from;

    Links(DeviceId from) {
      this.from = from;
    }

    @Override
    public void send(
        DeviceId to,
        TensorData header,
        ByteBuffer payload,
        LongConsumer written,
        Consumer<IOException> failed) {
      try {
        ProgramRunner receiver = runners.get(to.index());
        receiver.destination(from, header).put(payload);
        receiver.received(from, header);
        written.accept(System.nanoTime());
      } catch (IOException e) {
        failed.accept(e);
      }
    }
  }

  private final class Ends implements FrameListener {
    @Override
    public void output(long frameNumber, TensorId tensor, ByteBuffer bytes, Runnable written) {
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      outputs.put(tensor, values);
      written.run();
    }

    @Override
    public void done(long frameNumber, long startNanos, long endNanos) {}

    @Override
    public void report(long frameNumber, FrameTimes times) {
      if (unreported.decrementAndGet() == 0) {
        done.complete(null);
      }
    }

    @Override
    public void failed(long frameNumber, int step, Throwable cause) {
      done.completeExceptionally(cause);
    }
  }
}
