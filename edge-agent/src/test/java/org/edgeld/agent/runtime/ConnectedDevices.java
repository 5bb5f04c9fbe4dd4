package org.edgeld.agent.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;

/**
 * Runners of all devices of a program set with the real engine and real connections between them. A
 * test gives inputs, as many at a time as may be in flight, and takes outputs.
 */
final class ConnectedDevices implements AutoCloseable {
  private static final DeploymentId DEPLOYMENT = new DeploymentId(1);

  private final ProgramSet programs;
  private final int framesInFlight;
  private final LinkShaper shaper;
  private final SharedKey key = SharedKey.random();
  private final List<LoadedModel> models = new ArrayList<>();
  private final List<BufferPool> pools = new ArrayList<>();
  private final List<ProgramRunner> runners = new ArrayList<>();
  private final List<DataServer> servers = new ArrayList<>();
  private final Map<List<DeviceId>, CompletableFuture<DataConnection>> connections =
      new ConcurrentHashMap<>();
  private final BlockingQueue<Long> reports = new LinkedBlockingQueue<>();
  private final Map<Long, Map<TensorId, ByteBuffer>> outputs = new ConcurrentHashMap<>();
  private final List<CompletableFuture<Throwable>> failures = new ArrayList<>();
  private final int participants;
  private volatile boolean closed;
  private long nextFrame;

  /**
   * @param shaper of all connections
   */
  ConnectedDevices(ProgramSet programs, TileEngine engine, int framesInFlight, LinkShaper shaper)
      throws IOException {
    this.programs = programs;
    this.shaper = shaper;
    this.framesInFlight = framesInFlight;
    int busy = 0;
    for (int i = 0; i < programs.programs().size(); i++) {
      busy += programs.programs().get(i).steps().isEmpty() ? 0 : 1;
      add(new DeviceId(i), engine);
    }
    this.participants = busy;
    for (int i = 0; i < programs.programs().size(); i++) {
      for (DeviceId peer : ProgramRunner.peers(programs, new DeviceId(i))) {
        if (i < peer.index()) {
          dial(new DeviceId(i), peer);
        }
      }
    }
    runners.forEach(ProgramRunner::start);
  }

  private void add(DeviceId device, TileEngine engine) throws IOException {
    LoadedModel model =
        engine.load(
            programs.graph(),
            ProgramRunner.weights(programs, device).channels(),
            new SeededWeights());
    BufferPool pool = new BufferPool();
    models.add(model);
    failures.add(new CompletableFuture<>());
    pools.add(pool);
    runners.add(
        new ProgramRunner(
            new ProgramRunner.Setup(
                DEPLOYMENT,
                programs,
                device,
                model,
                new Links(device),
                new Ends(device),
                () -> new CpuShare(1),
                framesInFlight),
            pool));
    servers.add(
        new DataServer(
            InetAddress.getLoopbackAddress(),
            0,
            key,
            shaper,
            (opened, purpose) -> {
              DeviceId from = ((ConnectionPurpose.Peer) purpose).from();
              connection(device, from).complete(opened);
              return new Receiver(from, device);
            }));
  }

  private void dial(DeviceId from, DeviceId to) throws IOException {
    connection(from, to)
        .complete(
            DataConnection.dial(
                "127.0.0.1",
                servers.get(to.index()).port(),
                key,
                new ConnectionPurpose.Peer(DEPLOYMENT, from),
                shaper,
                new Receiver(to, from),
                Duration.ofSeconds(5)));
  }

  private CompletableFuture<DataConnection> connection(DeviceId from, DeviceId to) {
    return connections.computeIfAbsent(List.of(from, to), pair -> new CompletableFuture<>());
  }

  /** Hands the next frame's input to the head. */
  void give(ByteBuffer input) throws IOException {
    ProgramRunner head = runners.get(programs.head().index());
    Slice whole = Slice.whole(TensorId.INPUT, programs.graph().input());
    TensorData header = new TensorData(DEPLOYMENT, nextFrame++, whole);
    head.inputDestination(header).put(input.duplicate());
    head.inputReceived(header);
  }

  /** Returns the number of the frame of the next report of any device. */
  long nextReport() throws InterruptedException {
    while (true) {
      Long frame = reports.poll(50, TimeUnit.MILLISECONDS);
      if (frame != null) {
        return frame;
      }
      for (CompletableFuture<Throwable> failure : failures) {
        if (failure.isDone()) {
          throw new IllegalStateException("A device failed.", failure.join());
        }
      }
    }
  }

  /** Runs frames, never more in flight than allowed; returns the outputs of each, NHWC. */
  List<Map<TensorId, ByteBuffer>> run(List<ByteBuffer> inputs) throws Exception {
    long first = nextFrame;
    long oldest = first;
    Map<Long, Integer> reported = new HashMap<>();
    List<Map<TensorId, ByteBuffer>> results = new ArrayList<>();
    while (oldest < first + inputs.size()) {
      while (nextFrame < first + inputs.size() && nextFrame < oldest + framesInFlight) {
        give(inputs.get((int) (nextFrame - first)));
      }
      reported.merge(nextReport(), 1, Integer::sum);
      while (reported.getOrDefault(oldest, 0) == participants) {
        reported.remove(oldest);
        results.add(outputs.remove(oldest));
        oldest++;
      }
    }
    return results;
  }

  /** Stops one device as a lost connection does. */
  void fail(int device, IOException cause) {
    runners.get(device).fail(cause);
  }

  /** Waits until a device has failed and returns why. */
  Throwable failure(int device) throws Exception {
    return failures.get(device).get(20, TimeUnit.SECONDS);
  }

  /** Returns the pool of a device. */
  BufferPool pool(int device) {
    return pools.get(device);
  }

  /** As an agent does: runners first, then connections, weights last. */
  @Override
  public void close() {
    closed = true;
    runners.forEach(ProgramRunner::close);
    connections.values().forEach(connection -> connection.join().close());
    servers.forEach(DataServer::close);
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
      SendListener listener =
          new SendListener() {
            @Override
            public void written(long nanoTime) {
              written.accept(nanoTime);
            }

            @Override
            public void failed(IOException cause) {
              failed.accept(cause);
            }
          };
      var unused = connection(from, to).thenAccept(open -> open.send(header, payload, listener));
    }
  }

  private final class Receiver implements FrameReceiver {
    private final DeviceId from;
    private final DeviceId self;

    Receiver(DeviceId from, DeviceId self) {
      this.from = from;
      this.self = self;
    }

    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      return runners.get(self.index()).destination(from, (TensorData) header);
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) throws IOException {
      runners.get(self.index()).received(from, (TensorData) header);
    }

    @Override
    public void closed(Optional<IOException> cause) {
      if (!closed) {
        runners.get(self.index()).fail(cause.orElseGet(() -> new IOException("closed")));
      }
    }
  }

  private final class Ends implements FrameListener {
    private final CompletableFuture<Throwable> failure;

    Ends(DeviceId device) {
      failure = failures.get(device.index());
    }

    @Override
    public void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written) {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
      outputs.computeIfAbsent(frame, f -> new ConcurrentHashMap<>()).put(tensor, copy);
      written.run();
    }

    @Override
    public void done(long frame, long startNanos, long endNanos) {}

    @Override
    public void report(long frame, FrameTimes times) {
      reports.add(frame);
    }

    @Override
    public void failed(long frame, int step, Throwable cause) {
      failure.complete(cause);
    }
  }
}
