package org.edgeld.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntToLongFunction;
import org.edgeld.agent.emulation.MemoryLimit;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.profile.ComputeProfiler;
import org.edgeld.agent.profile.ComputeTimes;
import org.edgeld.agent.profile.ProfileMonitor;
import org.edgeld.agent.runtime.FrameListener;
import org.edgeld.agent.runtime.FrameTimes;
import org.edgeld.agent.runtime.ProgramRunner;
import org.edgeld.agent.weights.ModelWeights;
import org.edgeld.geometry.NeededWeights;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.BlobRef;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.message.WorkbenchMessage.Cancel;
import org.edgeld.message.WorkbenchMessage.Connect;
import org.edgeld.message.WorkbenchMessage.Deploy;
import org.edgeld.message.WorkbenchMessage.ProbeInterface;
import org.edgeld.message.WorkbenchMessage.ProbeLink;
import org.edgeld.message.WorkbenchMessage.ProfileCompute;
import org.edgeld.message.WorkbenchMessage.ReadClock;
import org.edgeld.message.WorkbenchMessage.Undeploy;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.WeightRef;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.BlobPiece;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.SendListener;
import org.edgeld.wire.BlobCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One workbench using this agent. Messages come on the control plane's thread and only start work;
 * the work itself runs on the session's own thread, one piece after another.
 */
public final class AgentSession implements WorkbenchMessage.Handler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentSession.class);
  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final long id;
  private final ControlConnection control;
  private final AgentContext context;
  private final SessionBlobs blobs;
  private final ExecutorService worker;
  private final Map<DeploymentId, ActiveDeployment> deployments = new ConcurrentHashMap<>();
  private final Set<DeploymentId> removed = ConcurrentHashMap.newKeySet();
  private final Map<Long, AtomicBoolean> requests = new ConcurrentHashMap<>();
  private volatile DataConnection data;
  private volatile boolean closed;

  /** Work that may fail. */
  private interface Work {
    void run() throws IOException;
  }

  public AgentSession(long id, ControlConnection control, AgentContext context) {
    this.id = id;
    this.control = control;
    this.context = context;
    this.blobs =
        new SessionBlobs(context.cache(), refs -> tell(new AgentMessage.BlobsWanted(refs)));
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "session-" + Long.toHexString(id));
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Returns the number by which the workbench's data connection names this session. */
  public long id() {
    return id;
  }

  /** The workbench opened its data connection. */
  public FrameReceiver dataOpened(DataConnection connection) throws IOException {
    if (data != null) {
      throw new IOException("The session has a data connection already.");
    }
    data = connection;
    return new WorkbenchReceiver();
  }

  /** A peer opened a data connection for one of the deployments. */
  public FrameReceiver peerOpened(ConnectionPurpose.Peer purpose, DataConnection connection)
      throws IOException {
    ActiveDeployment deployment = deployments.get(purpose.deployment());
    if (deployment == null) {
      throw new IOException("No deployment " + purpose.deployment() + " is here.");
    }
    return deployment.accept(purpose.from(), connection);
  }

  @Override
  public void deploy(Deploy message) {
    work(message.id(), () -> prepare(message));
  }

  @Override
  public void connect(Connect message) {
    work(
        message.id(),
        () -> {
          ActiveDeployment deployment = deployments.get(message.id());
          if (deployment != null) {
            deployment.connect(context.key(), context.shaper());
            tell(new AgentMessage.Connected(message.id()));
          }
        });
  }

  @Override
  public void undeploy(Undeploy message) {
    removed.add(message.id());
    submit(
        () -> {
          ActiveDeployment deployment = deployments.remove(message.id());
          if (deployment != null) {
            deployment.close();
          }
          removed.remove(message.id());
        });
  }

  @Override
  public void profileCompute(ProfileCompute message) {
    request(
        message.request(),
        cancelled -> {
          ModelGraph graph = BlobCodec.decodeGraph(blobs.fetch(message.graph()));
          ComputeTimes times =
              new ComputeProfiler(context.engine(), context.shares())
                  .profile(graph, message.spec(), new Monitor(message.request(), cancelled));
          return new AgentMessage.ComputeProfile(
              message.request(), times.tileNanos(), times.gridNanos());
        });
  }

  @Override
  public void probeLink(ProbeLink message) {
    request(
        message.request(),
        cancelled ->
            new LinkProber(context.key(), context.shaper())
                .probe(message.request(), message.peer(), cancelled::get));
  }

  @Override
  public void probeInterface(ProbeInterface message) {
    request(
        message.request(),
        cancelled ->
            new AgentMessage.InterfaceProfile(
                message.request(),
                new InterfaceProber(context.key(), context.shaper())
                    .bitsPerSecond(message.peers(), message.frameBytes(), cancelled::get)));
  }

  @Override
  public void cancel(Cancel message) {
    AtomicBoolean cancelled = requests.get(message.request());
    if (cancelled != null) {
      cancelled.set(true);
    }
  }

  @Override
  public void readClock(ReadClock message) {
    tell(new AgentMessage.ClockReading(message.request(), System.nanoTime()));
  }

  /** Ends everything this session asked for; returns when the agent is idle. */
  @Override
  public void close() {
    closed = true;
    requests.values().forEach(cancelled -> cancelled.set(true));
    blobs.close();
    removed.addAll(deployments.keySet());
    submit(
        () -> {
          deployments.values().forEach(ActiveDeployment::close);
          deployments.clear();
        });
    worker.shutdown();
    boolean interrupted = false;
    while (!worker.isTerminated()) {
      try {
        worker.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    DataConnection connection = data;
    if (connection != null) {
      connection.close();
    }
    // the direct buffers of frames are freed only when the collector finds them unreachable, and
    // their small heap objects alone would hardly ever make it look
    System.gc();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepare(Deploy message) throws IOException {
    Deployment deployment = BlobCodec.decodeDeployment(blobs.fetch(message.deployment()));
    DeviceId self = message.device();
    if (!deployment.id().equals(message.id())
        || self.index() >= deployment.peers().size()
        || deployments.containsKey(message.id())) {
      throw new IOException("The deployment " + message.id() + " is not what was announced.");
    }
    ModelGraph graph = deployment.programs().graph();
    NeededWeights needed = ProgramRunner.weights(deployment.programs(), self);
    List<BlobRef> stored = new ArrayList<>();
    for (int index : needed.channels().keySet()) {
      for (WeightRef ref : graph.layers().get(index).weights()) {
        if (ref instanceof WeightRef.Stored s) {
          stored.add(ModelWeights.blob(s));
        }
      }
    }
    long weights = needed.loadedBytes();
    IntToLongFunction bytes =
        frames ->
            weights
                + ProgramRunner.frameBytes(
                    deployment.programs(), self, frames, deployment.precision());
    Optional<String> refusal =
        MemoryLimit.of(context.emulation()).refusal(deployment.framesInFlight(), bytes);
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    blobs.fetchToCache(stored);
    LoadedModel model =
        context.engine().load(graph, needed.channels(), new ModelWeights(context.cache()));
    ActiveDeployment active = new ActiveDeployment(deployment, self, model);
    try {
      active.attach(
          new ProgramRunner(
              new ProgramRunner.Setup(
                  deployment.id(),
                  deployment.programs(),
                  self,
                  model,
                  active,
                  new Reporter(deployment),
                  context.shares(),
                  deployment.framesInFlight(),
                  deployment.precision())));
      active.runner().warmUp(() -> closed || removed.contains(message.id()));
    } catch (RuntimeException | OutOfMemoryError e) {
      active.close();
      throw e;
    }
    deployments.put(deployment.id(), active);
    tell(
        new AgentMessage.Deployed(deployment.id(), bytes.applyAsLong(deployment.framesInFlight())));
  }

  /** Runs work for a deployment; its failure is the deployment's. */
  private void work(DeploymentId deployment, Work work) {
    submit(
        () -> {
          if (removed.contains(deployment)) {
            return;
          }
          try {
            work.run();
          } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (!(rootOf(e) instanceof CancellationException)) {
              LOG.info("Deployment {} failed: {}", deployment, sentence(e));
              LOG.debug("Deployment {}", deployment, e);
              tell(new AgentMessage.DeploymentFailed(deployment, -1, -1, sentence(e), false));
            }
          }
        });
  }

  /** Answers one request. */
  private interface Answer {
    AgentMessage give(AtomicBoolean cancelled) throws IOException;
  }

  private void request(long request, Answer answer) {
    AtomicBoolean cancelled = new AtomicBoolean(closed);
    requests.put(request, cancelled);
    submit(
        () -> {
          try {
            tell(answer.give(cancelled));
          } catch (IOException | RuntimeException | OutOfMemoryError e) {
            LOG.info("Request {} failed: {}", request, sentence(e));
            LOG.debug("Request {}", request, e);
            tell(new AgentMessage.RequestFailed(request, sentence(e)));
          } finally {
            requests.remove(request);
          }
        });
  }

  private void submit(Runnable task) {
    try {
      worker.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("The session is closed; {} is dropped", task);
    }
  }

  /** A message that cannot be sent ends the session: the workbench must not wait for it. */
  private void tell(AgentMessage message) {
    try {
      if (!closed) {
        control.send(message);
      }
    } catch (IOException e) {
      LOG.info(
          "{} cannot be sent to the workbench: {}",
          message.getClass().getSimpleName(),
          sentence(e));
      LOG.debug("Not sent", e);
      control.close();
    }
  }

  private static Throwable rootOf(Throwable e) {
    return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
  }

  private static String sentence(Throwable e) {
    Throwable root = rootOf(e);
    if (root instanceof OutOfMemoryError) {
      return "The device has too little memory. Maybe choose a smaller input or more devices.";
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /** Tells the workbench how far a profile is, but not so often that it would disturb it. */
  private final class Monitor implements ProfileMonitor {
    private final long request;
    private long toldNanos = System.nanoTime();
    private final AtomicBoolean cancelled;

    Monitor(long request, AtomicBoolean cancelled) {
      this.request = request;
      this.cancelled = cancelled;
    }

    @Override
    public void progress(int done, int total) {
      long now = System.nanoTime();
      if (done == total || now - toldNanos >= PROGRESS_NANOS) {
        toldNanos = now;
        tell(new AgentMessage.ProfileProgress(request, done, total));
      }
    }

    @Override
    public boolean isCancelled() {
      return cancelled.get();
    }
  }

  /** Tells the workbench how the frames of one deployment end. */
  private final class Reporter implements FrameListener {
    private final Deployment deployment;

    Reporter(Deployment deployment) {
      this.deployment = deployment;
    }

    @Override
    public void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written) {
      DataConnection connection = data;
      if (connection == null) {
        written.run();
        return;
      }
      Slice whole = Slice.whole(tensor, deployment.programs().graph().shapes().get(tensor.index()));
      connection.send(
          new TensorData(deployment.id(), frame, whole),
          bytes,
          new SendListener() {
            @Override
            public void written(long nanoTime) {
              written.run();
            }

            @Override
            public void failed(IOException cause) {
              written.run();
            }
          });
    }

    @Override
    public void done(long frame, long startNanos, long endNanos) {
      tell(new AgentMessage.FrameDone(deployment.id(), frame, startNanos, endNanos));
    }

    @Override
    public void report(long frame, FrameTimes times) {
      tell(
          new AgentMessage.FrameReport(
              deployment.id(),
              frame,
              times.startNanos(),
              times.endNanos(),
              times.overcommittedNanos(),
              times.serialiseDelayNanos(),
              times.serialiseNanos(),
              times.assembleDelayNanos(),
              times.assembleNanos(),
              times.sentBytes()));
    }

    @Override
    public void failed(long frame, int step, Throwable cause) {
      LOG.info(
          "Deployment {} failed in frame {}, step {}: {}",
          deployment.id(),
          frame,
          step,
          sentence(cause));
      LOG.debug("Deployment {}", deployment.id(), cause);
      tell(
          new AgentMessage.DeploymentFailed(
              deployment.id(), frame, step, sentence(cause), cause instanceof PeerLostException));
    }
  }

  /** Takes inputs and blobs from the workbench. */
  private final class WorkbenchReceiver implements FrameReceiver {
    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      if (header instanceof BlobPiece piece) {
        return blobs.destination(piece);
      }
      TensorData input = input(header);
      return runner(input).inputDestination(input);
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) throws IOException {
      if (header instanceof BlobPiece piece) {
        blobs.received(piece, payload);
      } else {
        TensorData input = input(header);
        runner(input).inputReceived(input);
      }
    }

    private TensorData input(DataHeader header) throws IOException {
      if (header instanceof TensorData input) {
        return input;
      }
      throw new IOException("The workbench sent " + header + " instead of an input.");
    }

    private ProgramRunner runner(TensorData input) throws IOException {
      ActiveDeployment deployment = deployments.get(input.deployment());
      if (deployment == null) {
        throw new IOException("No deployment " + input.deployment() + " is here.");
      }
      return deployment.runner();
    }

    @Override
    public void closed(Optional<IOException> cause) {
      LOG.debug("The workbench's data connection closed: {}", cause);
    }
  }
}
