package org.edgeld.workbench.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.BlobRef;
import org.edgeld.message.Message;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.model.Sha256;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.ControlClient;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.ControlHandler;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.BlobPiece;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;
import org.edgeld.wire.ProtocolVersion;

/**
 * The workbench's side of one session with an agent. Requests answer through futures, which fail
 * with an {@link AgentFailure} when the agent says so or goes away.
 */
public final class AgentConnection implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final AgentAddress address;
  private final CompletableFuture<AgentMessage.Welcome> welcome = new CompletableFuture<>();
  private final Map<Long, CompletableFuture<AgentMessage>> requests = new ConcurrentHashMap<>();
  private final Map<Long, ProfileProgressListener> progress = new ConcurrentHashMap<>();
  private final Map<DeploymentId, DeploymentEvents> deployments = new ConcurrentHashMap<>();
  private final Map<Sha256, BlobContent> blobs = new ConcurrentHashMap<>();
  private final AtomicLong nextRequest = new AtomicLong(1);
  private final CompletableFuture<AgentFailure> lost = new CompletableFuture<>();
  private ControlConnection control;
  private DataConnection data;
  private volatile Optional<String> gone = Optional.empty();

  /** Gives content that was offered to the agent. */
  public interface BlobContent {
    /** Returns the content, position 0. */
    ByteBuffer open() throws IOException;
  }

  /** Told how far a profile is. */
  public interface ProfileProgressListener {
    /** {@code done} of {@code total} tiles are timed. */
    void progress(int done, int total);
  }

  /** What happens to a deployment on this agent; called on network threads, must not block. */
  public interface DeploymentEvents {
    void deployed();

    void connected();

    void frameDone(AgentMessage.FrameDone message);

    void frameReport(AgentMessage.FrameReport message);

    /** Says where an output goes; throws if it is not expected. */
    ByteBuffer outputDestination(TensorData header) throws IOException;

    void outputReceived(TensorData header);

    /**
     * The deployment cannot go on.
     *
     * @param frame the frame, or -1
     * @param step the step of the device's program, or -1
     * @param cause a sentence
     * @param consequence whether this only follows from another device's failure
     */
    void failed(long frame, int step, String cause, boolean consequence);
  }

  private AgentConnection(AgentAddress address) {
    this.address = address;
  }

  /**
   * Opens a session.
   *
   * @throws ClusterException if the agent is unreachable, busy, or refuses key or version
   */
  public static AgentConnection open(AgentAddress address, SharedKey key) throws ClusterException {
    AgentConnection connection = new AgentConnection(address);
    try {
      connection.control =
          ControlClient.connect(
              address.host(), address.controlPort(), key, TIMEOUT, connection.new Control());
      AgentMessage.Welcome welcome = connection.awaitWelcome();
      if (welcome.info().protocolVersion() != ProtocolVersion.CURRENT) {
        throw new ClusterException(
            "%s speaks protocol version %d, this workbench %d. Maybe update the older one."
                .formatted(address, welcome.info().protocolVersion(), ProtocolVersion.CURRENT));
      }
      connection.data =
          DataConnection.dial(
              address.host(),
              welcome.info().dataPort(),
              key,
              new ConnectionPurpose.Session(welcome.session()),
              LinkShaper.none(),
              connection.new Data(),
              TIMEOUT);
      return connection;
    } catch (IOException e) {
      connection.close();
      throw new ClusterException(e.getMessage(), e);
    } catch (ClusterException e) {
      connection.close();
      throw e;
    }
  }

  private AgentMessage.Welcome awaitWelcome() throws ClusterException {
    try {
      return welcome.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new ClusterException(e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new ClusterException(
          address + " does not open a session. Maybe it is busy; try again.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Interrupted while connecting to " + address + ".", e);
    }
  }

  /** Returns what the agent said of itself when the session opened. */
  public AgentInfo info() {
    return welcome.join().info();
  }

  /** Calls {@code listener} once when the session ends, however it ends. */
  public void onLost(Consumer<AgentFailure> listener) {
    var unused = lost.thenAccept(listener);
  }

  /** Returns where the agent's data plane listens, as seen from here. */
  public PeerAddress peerAddress() {
    return new PeerAddress(info().name(), address.host(), info().dataPort());
  }

  /** Keeps content ready for the agent to ask for. */
  public void offer(BlobRef ref, BlobContent content) {
    blobs.put(ref.sha256(), content);
  }

  /** Announces a deployment; {@code events} is told how it goes. */
  public void deploy(
      DeploymentId id, DeviceId device, BlobRef deployment, DeploymentEvents events) {
    deployments.put(id, events);
    gone.ifPresent(cause -> events.failed(-1, -1, cause, false));
    tell(new WorkbenchMessage.Deploy(id, device, deployment));
  }

  /** Tells the agent to open its connections to the peers. */
  public void connect(DeploymentId id) {
    tell(new WorkbenchMessage.Connect(id));
  }

  /** Removes a deployment. */
  public void undeploy(DeploymentId id) {
    deployments.remove(id);
    tell(new WorkbenchMessage.Undeploy(id));
  }

  /** Sends an input to the head. */
  public void sendInput(TensorData header, ByteBuffer payload) {
    data.send(
        header,
        payload,
        new SendListener() {
          @Override
          public void written(long nanoTime) {}

          @Override
          public void failed(IOException cause) {
            leave("The connection to " + address + " was lost: " + cause.getMessage());
          }
        });
  }

  /** A request under way, and how to give it up. */
  public record Pending<T>(CompletableFuture<T> answer, Runnable cancel) {}

  /** Times tiles of a graph that was {@link #offer offered}. */
  public Pending<AgentMessage.ComputeProfile> profileCompute(
      BlobRef graph, ProfileSpec spec, ProfileProgressListener listener) {
    long request = nextRequest.getAndIncrement();
    progress.put(request, listener);
    return ask(
        request,
        new WorkbenchMessage.ProfileCompute(request, graph, spec),
        AgentMessage.ComputeProfile.class);
  }

  /** Measures the link from the agent to a peer. */
  public Pending<AgentMessage.LinkProfile> probeLink(PeerAddress peer) {
    long request = nextRequest.getAndIncrement();
    return ask(
        request, new WorkbenchMessage.ProbeLink(request, peer), AgentMessage.LinkProfile.class);
  }

  /** Measures what the agent sends to several peers at one time. */
  public Pending<AgentMessage.InterfaceProfile> probeInterface(
      List<PeerAddress> peers, int frameBytes) {
    long request = nextRequest.getAndIncrement();
    return ask(
        request,
        new WorkbenchMessage.ProbeInterface(request, peers, frameBytes),
        AgentMessage.InterfaceProfile.class);
  }

  /** Reads the agent's clock. */
  public Pending<AgentMessage.ClockReading> readClock() {
    long request = nextRequest.getAndIncrement();
    return ask(request, new WorkbenchMessage.ReadClock(request), AgentMessage.ClockReading.class);
  }

  private <T extends AgentMessage> Pending<T> ask(
      long request, WorkbenchMessage question, Class<T> answer) {
    CompletableFuture<AgentMessage> future = new CompletableFuture<>();
    requests.put(request, future);
    gone.ifPresent(cause -> future.completeExceptionally(new AgentFailure(name(), cause)));
    tell(question);
    return new Pending<>(
        future.thenApply(answer::cast), () -> tell(new WorkbenchMessage.Cancel(request)));
  }

  /** Returns the agent's name, or its address before it said one. */
  public String name() {
    AgentMessage.Welcome known = welcome.isCompletedExceptionally() ? null : welcome.getNow(null);
    return known == null ? address.toString() : known.info().name();
  }

  @Override
  public void close() {
    leave("The session with " + name() + " was closed.");
    if (data != null) {
      data.close();
    }
    if (control != null) {
      control.close();
    }
  }

  private void tell(WorkbenchMessage message) {
    try {
      control.send(message);
    } catch (IOException e) {
      leave("The connection to " + name() + " was lost: " + e.getMessage());
    }
  }

  /** Everything under way fails, once. */
  private synchronized void leave(String cause) {
    if (gone.isPresent()) {
      return;
    }
    gone = Optional.of(cause);
    welcome.completeExceptionally(new IOException(cause));
    AgentFailure failure = new AgentFailure(name(), cause);
    requests.values().forEach(request -> request.completeExceptionally(failure));
    deployments.values().forEach(events -> events.failed(-1, -1, cause, false));
    lost.complete(failure);
  }

  private void answer(long request, AgentMessage message) {
    CompletableFuture<AgentMessage> future = requests.remove(request);
    progress.remove(request);
    if (future != null) {
      future.complete(message);
    }
  }

  private Optional<DeploymentEvents> events(DeploymentId id) {
    return Optional.ofNullable(deployments.get(id));
  }

  /** The control plane's messages. */
  private final class Control implements ControlHandler, AgentMessage.Handler {
    @Override
    public void connected(ControlConnection connection) {}

    @Override
    public void received(ControlConnection connection, Message message) {
      if (message instanceof AgentMessage answer) {
        answer.accept(this);
      } else {
        connection.close();
      }
    }

    @Override
    public void disconnected(ControlConnection connection) {
      leave("The agent " + name() + " went away. Maybe it was stopped or its link is cut.");
    }

    @Override
    public void welcome(AgentMessage.Welcome message) {
      welcome.complete(message);
    }

    @Override
    public void refused(AgentMessage.Refused message) {
      leave(message.reason());
    }

    @Override
    public void blobsWanted(AgentMessage.BlobsWanted message) {
      for (BlobRef ref : message.blobs()) {
        sendBlob(ref);
      }
    }

    private void sendBlob(BlobRef ref) {
      BlobContent content = blobs.get(ref.sha256());
      if (content == null) {
        leave(name() + " asks for content " + ref.sha256() + " that it was not offered.");
        return;
      }
      try {
        ByteBuffer bytes = content.open();
        for (int at = 0; at < bytes.remaining(); at += BlobPiece.MAX_PIECE_BYTES) {
          int length = Math.min(BlobPiece.MAX_PIECE_BYTES, bytes.remaining() - at);
          ByteBuffer piece = bytes.slice(bytes.position() + at, length);
          data.send(new BlobPiece(ref.sha256(), at, length), piece, SendListener.NONE);
        }
      } catch (IOException e) {
        leave("The weights for " + name() + " cannot be read: " + e.getMessage());
      }
    }

    @Override
    public void deployed(AgentMessage.Deployed message) {
      events(message.id()).ifPresent(DeploymentEvents::deployed);
    }

    @Override
    public void connected(AgentMessage.Connected message) {
      events(message.id()).ifPresent(DeploymentEvents::connected);
    }

    @Override
    public void frameDone(AgentMessage.FrameDone message) {
      events(message.id()).ifPresent(events -> events.frameDone(message));
    }

    @Override
    public void frameReport(AgentMessage.FrameReport message) {
      events(message.id()).ifPresent(events -> events.frameReport(message));
    }

    @Override
    public void profileProgress(AgentMessage.ProfileProgress message) {
      ProfileProgressListener listener = progress.get(message.request());
      if (listener != null) {
        listener.progress(message.done(), message.total());
      }
    }

    @Override
    public void computeProfile(AgentMessage.ComputeProfile message) {
      answer(message.request(), message);
    }

    @Override
    public void linkProfile(AgentMessage.LinkProfile message) {
      answer(message.request(), message);
    }

    @Override
    public void interfaceProfile(AgentMessage.InterfaceProfile message) {
      answer(message.request(), message);
    }

    @Override
    public void clockReading(AgentMessage.ClockReading message) {
      answer(message.request(), message);
    }

    @Override
    public void deploymentFailed(AgentMessage.DeploymentFailed message) {
      events(message.id())
          .ifPresent(
              events ->
                  events.failed(
                      message.frame(), message.step(), message.cause(), message.peerLost()));
    }

    @Override
    public void requestFailed(AgentMessage.RequestFailed message) {
      CompletableFuture<AgentMessage> future = requests.remove(message.request());
      progress.remove(message.request());
      if (future != null) {
        future.completeExceptionally(new AgentFailure(name(), message.cause()));
      }
    }
  }

  /** The data plane: outputs of frames. */
  private final class Data implements FrameReceiver {
    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      TensorData output = output(header);
      Optional<DeploymentEvents> events = events(output.deployment());
      if (events.isPresent()) {
        return events.get().outputDestination(output);
      }
      // of a deployment that was just removed; bounded by what the agent may send anyway
      return ByteBuffer.allocate(Math.min(output.payloadBytes(), 1 << 26));
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) throws IOException {
      TensorData output = output(header);
      events(output.deployment()).ifPresent(events -> events.outputReceived(output));
    }

    private TensorData output(DataHeader header) throws IOException {
      if (header instanceof TensorData output) {
        return output;
      }
      throw new IOException("The agent sent " + header + " instead of an output.");
    }

    @Override
    public void closed(Optional<IOException> cause) {
      leave(
          "The data connection to %s was lost%s."
              .formatted(name(), cause.map(e -> ": " + e.getMessage()).orElse("")));
    }
  }
}
