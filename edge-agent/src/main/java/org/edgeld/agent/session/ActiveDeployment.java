package org.edgeld.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.runtime.PeerLinks;
import org.edgeld.agent.runtime.ProgramRunner;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeviceId;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;

/** One deployment on this device: its runner, its weights and the connections to its peers. */
final class ActiveDeployment implements PeerLinks, AutoCloseable {
  private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(5);

  private final Deployment deployment;
  private final DeviceId self;
  private final LoadedModel model;
  private final Map<DeviceId, CompletableFuture<DataConnection>> peers = new ConcurrentHashMap<>();
  private ProgramRunner runner;
  private volatile boolean closed;

  ActiveDeployment(Deployment deployment, DeviceId self, LoadedModel model) {
    this.deployment = deployment;
    this.self = self;
    this.model = model;
    for (DeviceId peer : ProgramRunner.peers(deployment.programs(), self)) {
      peers.put(peer, new CompletableFuture<>());
    }
  }

  /** Takes the runner, whose links this deployment is. */
  void attach(ProgramRunner programRunner) {
    this.runner = programRunner;
  }

  ProgramRunner runner() {
    return runner;
  }

  Deployment deployment() {
    return deployment;
  }

  DeviceId self() {
    return self;
  }

  LoadedModel model() {
    return model;
  }

  /** Dials the peers of higher index and starts waiting for frames; the others dial this device. */
  void connect(SharedKey key, LinkShaper shaper) throws IOException {
    for (DeviceId peer : peers.keySet()) {
      if (peer.index() > self.index()) {
        PeerAddress address = deployment.peers().get(peer.index());
        try {
          DataConnection connection =
              DataConnection.dial(
                  address.host(),
                  address.dataPort(),
                  key,
                  new ConnectionPurpose.Peer(deployment.id(), self),
                  shaper,
                  new PeerReceiver(peer),
                  DIAL_TIMEOUT);
          peers.get(peer).complete(connection);
        } catch (IOException e) {
          throw new IOException(
              "The peer %s cannot be reached: %s".formatted(address.name(), e.getMessage()), e);
        }
      }
    }
    runner.start();
  }

  /**
   * A peer dialled this device.
   *
   * @throws IOException if the program has nothing to do with it
   */
  FrameReceiver accept(DeviceId from, DataConnection connection) throws IOException {
    CompletableFuture<DataConnection> slot = peers.get(from);
    if (slot == null || from.index() >= self.index() || !slot.complete(connection)) {
      throw new IOException("No connection is expected from device " + from + ".");
    }
    return new PeerReceiver(from);
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
            // a broken pipe names nobody, and is never the first cause
            failed.accept(lost(to, cause.getMessage()));
          }
        };
    CompletableFuture<DataConnection> peer = peers.get(to);
    DataConnection ready = peer.getNow(null);
    if (ready != null) {
      ready.send(header, payload, listener);
    } else {
      // the peer's dial was answered a moment before its connection is registered here
      var unused =
          peer.whenComplete(
              (connection, cause) -> {
                if (cause == null) {
                  connection.send(header, payload, listener);
                } else {
                  failed.accept(
                      new IOException("The connection to " + to + " was not opened.", cause));
                }
              });
    }
  }

  private PeerLostException lost(DeviceId peer, String why) {
    String name = deployment.peers().get(peer.index()).name();
    return new PeerLostException("The connection to " + name + " was lost: " + why);
  }

  /** Stops the runner first, so that it does not take the closed connections for lost ones. */
  @Override
  public void close() {
    closed = true;
    if (runner != null) {
      runner.close();
    }
    IOException gone = new IOException("The deployment was removed.");
    for (CompletableFuture<DataConnection> peer : peers.values()) {
      if (!peer.completeExceptionally(gone) && !peer.isCompletedExceptionally()) {
        peer.join().close();
      }
    }
    model.close();
  }

  /** Puts a peer's slices where the program wants them. */
  private final class PeerReceiver implements FrameReceiver {
    private final DeviceId from;

    PeerReceiver(DeviceId from) {
      this.from = from;
    }

    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      return runner.destination(from, tensor(header));
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) throws IOException {
      runner.received(from, tensor(header));
    }

    private TensorData tensor(DataHeader header) throws IOException {
      if (header instanceof TensorData data && data.deployment().equals(deployment.id())) {
        return data;
      }
      throw new IOException("A peer sent " + header + " instead of a slice of this deployment.");
    }

    @Override
    public void closed(Optional<IOException> cause) {
      if (!closed) {
        runner.fail(
            lost(from, cause.map(IOException::getMessage).orElse("it closed the connection")));
      }
    }
  }
}
