package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.DataHeader.TensorData;

/**
 * Runners of all devices of a program set with the real engine. Only the sockets are replaced, by a
 * thread for each direction of each pair of devices that copies slice after slice.
 */
final class InProcessDevices implements AutoCloseable {
  private static final DeploymentId DEPLOYMENT = new DeploymentId(1);

  private final ProgramSet programs;
  private final List<TensorShape> shapes;
  private final List<LoadedModel> models = new ArrayList<>();
  private final List<ProgramRunner> runners = new ArrayList<>();
  private final List<BufferPool> pools = new ArrayList<>();
  private final Map<List<DeviceId>, ExecutorService> wires = new ConcurrentHashMap<>();
  private final Map<TensorId, double[]> outputs = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private CountDownLatch reports = new CountDownLatch(0);
  private long frame;

  /**
   * @param precision how slices travel
   */
  InProcessDevices(ProgramSet programs, TileEngine engine, Precision precision) throws IOException {
    this.programs = programs;
    this.shapes = programs.graph().shapes();
    for (int i = 0; i < programs.programs().size(); i++) {
      DeviceId device = new DeviceId(i);
      LoadedModel model =
          engine.load(
              programs.graph(),
              ProgramRunner.weights(programs, device).channels(),
              new SeededWeights());
      BufferPool pool = new BufferPool();
      ProgramRunner runner =
          new ProgramRunner(
              new ProgramRunner.Setup(
                  DEPLOYMENT,
                  programs,
                  device,
                  model,
                  new Links(device),
                  new Ends(),
                  () -> new CpuShare(1),
                  1,
                  precision),
              pool);
      models.add(model);
      pools.add(pool);
      runners.add(runner);
    }
  }

  void warmUp() {
    runners.forEach(runner -> runner.warmUp(() -> false));
  }

  void start() {
    runners.forEach(ProgramRunner::start);
  }

  /** Runs one frame until every device has reported; returns the outputs in CHW order. */
  Map<TensorId, double[]> run(ByteBuffer input) throws Exception {
    int taking = 0;
    for (int i = 0; i < runners.size(); i++) {
      taking += programs.programs().get(i).steps().isEmpty() ? 0 : 1;
    }
    reports = new CountDownLatch(taking);
    outputs.clear();
    ProgramRunner head = runners.get(programs.head().index());
    Slice whole = Slice.whole(TensorId.INPUT, programs.graph().input());
    TensorData header = new TensorData(DEPLOYMENT, frame++, whole);
    head.inputDestination(header).put(input.duplicate());
    head.inputReceived(header);
    while (!reports.await(100, TimeUnit.MILLISECONDS)) {
      if (failure.isDone()) {
        failure.join();
      }
    }
    return Map.copyOf(outputs);
  }

  /** Returns what the pool of a device has allocated so far. */
  long allocatedBytes(int device) {
    return pools.get(device).allocatedBytes();
  }

  @Override
  public void close() {
    wires.values().forEach(ExecutorService::shutdown);
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
      wires
          .computeIfAbsent(List.of(from, to), pair -> Executors.newSingleThreadExecutor())
          .execute(
              () -> {
                try {
                  ProgramRunner receiver = runners.get(to.index());
                  ByteBuffer place = receiver.destination(from, header);
                  if (place.remaining() != header.payloadBytes()) {
                    throw new IOException("Another place than for " + header.slice());
                  }
                  place.duplicate().put(payload.duplicate());
                  receiver.received(from, header);
                  written.accept(System.nanoTime());
                } catch (IOException | RuntimeException e) {
                  failed.accept(new IOException(e));
                }
              });
    }
  }

  private final class Ends implements FrameListener {
    @Override
    public void output(long number, TensorId tensor, ByteBuffer bytes, Runnable written) {
      outputs.put(tensor, Tensors.toChw(bytes, shapes.get(tensor.index())));
      written.run();
    }

    @Override
    public void done(long number, long startNanos, long endNanos) {}

    @Override
    public void report(long number, FrameTimes times) {
      reports.countDown();
    }

    @Override
    public void failed(long number, int step, Throwable cause) {
      failure.completeExceptionally(
          new IllegalStateException("Step " + step + " of frame " + number + " failed.", cause));
    }
  }
}
