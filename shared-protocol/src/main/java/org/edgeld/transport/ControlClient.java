package org.edgeld.transport;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryonet.Client;
import com.esotericsoftware.kryonet.Connection;
import com.esotericsoftware.kryonet.FrameworkMessage;
import com.esotericsoftware.kryonet.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeld.message.Message;
import org.edgeld.wire.Authentication;
import org.edgeld.wire.ProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens control connections over KryoNet. */
public final class ControlClient {
  private static final Logger LOG = LoggerFactory.getLogger(ControlClient.class);

  private ControlClient() {}

  /**
   * Connects and proves that both sides have the key. The handler is called on a thread of this
   * connection, {@code connected} first.
   *
   * @param timeout for the whole of it
   * @throws UnreachableException if nobody who speaks the protocol answers
   * @throws WrongKeyException if the keys differ
   * @throws ProtocolMismatchException if the versions differ
   * @throws RefusedException if the server has too much to do
   */
  public static ControlConnection connect(
      String host, int port, SharedKey key, Duration timeout, ControlHandler handler)
      throws IOException {
    String address = Addresses.text(host, port);
    Opening opening = new Opening(address, key, handler);
    Thread connecting =
        new Thread(() -> opening.connect(host, port, timeout), "edgeld-control-connect " + address);
    connecting.setDaemon(true);
    connecting.start();
    try {
      return opening.opened.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      opening.client.close();
      throw new UnreachableException(address, e);
    } catch (ExecutionException e) {
      opening.client.close();
      throw (IOException) e.getCause();
    } catch (InterruptedException e) {
      opening.client.close();
      Thread.currentThread().interrupt();
      throw new ConnectFailedException("Connecting to " + address + " was interrupted.", e);
    }
  }

  /**
   * KryoNet's client, closed only on its own thread: closing it elsewhere takes the same two locks
   * as its update in the other order, and both threads may wait for ever.
   */
  private static final class TrustingClient extends Client implements ControlSerialization.Peer {
    private final KryoLoop loop;
    private volatile boolean trusted;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile Optional<Thread> connecting = Optional.empty();

    TrustingClient(String address, Runnable whenDisposed) {
      super(
          ControlSerialization.WRITE_BUFFER_BYTES,
          ControlSerialization.READ_BUFFER_BYTES,
          new ControlSerialization(LinkShaper.none()));
      this.loop =
          new KryoLoop(
              "edgeld-control " + address,
              this,
              () -> {},
              () -> {
                dispose(address);
                whenDisposed.run();
              });
    }

    @Override
    public boolean trusted() {
      return trusted;
    }

    @Override
    public void close() {
      if (loop.isCurrentThread()) {
        super.close();
      } else if (connecting.filter(Thread.currentThread()::equals).isEmpty()
          && closing.compareAndSet(false, true)) {
        // KryoNet's connect also closes, before and after failing; its caller does that here
        loop.end();
        if (isConnected()) {
          // wakes the loop
          sendTCP(FrameworkMessage.keepAlive);
        }
      }
    }

    private void dispose(String address) {
      try {
        dispose();
      } catch (IOException e) {
        LOG.debug("Closing the connection to {} failed.", address, e);
      }
    }

    /** KryoNet's discovery would take the serialisation for its own. */
    @Override
    public Kryo getKryo() {
      return null;
    }
  }

  /** The client's half of the challenge; runs on KryoNet's thread and only queues. */
  private static final class Opening extends Listener {
    private final String address;
    private final SharedKey key;
    private final TrustingClient client;
    private final CompletableFuture<ControlConnection> opened = new CompletableFuture<>();
    private final KryoConnection facade;
    private final ControlEvents events;
    private Authentication.Challenge challenge;
    private Authentication.Proof proof;

    Opening(String address, SharedKey key, ControlHandler handler) {
      this.address = address;
      this.key = key;
      this.events = new ControlEvents("edgeld-control-events " + address, handler);
      this.client = new TrustingClient(address, events::end);
      this.facade = new KryoConnection(client, address, LinkShaper.none());
      client.setTimeout(ControlServer.SILENCE_MILLIS);
      client.setKeepAliveTCP(ControlServer.KEEP_ALIVE_MILLIS);
      client.addListener(this);
      client.loop.start();
    }

    void connect(String host, int port, Duration timeout) {
      client.connecting = Optional.of(Thread.currentThread());
      try {
        client.connect(Math.toIntExact(timeout.toMillis()), host, port);
      } catch (IOException | RuntimeException e) {
        opened.completeExceptionally(new UnreachableException(address, e));
      }
    }

    @Override
    public void received(Connection connection, Object object) {
      if (client.trusted && object instanceof Message message) {
        if (!events.received(facade, message)) {
          LOG.warn("{} sends faster than it is heard and is disconnected.", address);
          client.close();
        }
      } else if (object instanceof Authentication.Challenge received && challenge == null) {
        answer(received);
      } else if (object instanceof Authentication.Accepted accepted && proof != null) {
        accept(accepted);
      } else if (object instanceof Authentication.Rejected rejected) {
        fail(
            switch (rejected.reason()) {
              case WRONG_KEY -> new WrongKeyException(address);
              case PROTOCOL ->
                  new ProtocolMismatchException(
                      address, challenge.protocolVersion(), ProtocolVersion.CURRENT);
              case BUSY -> new RefusedException(address, "too many connections wait there.");
            });
      }
    }

    private void answer(Authentication.Challenge received) {
      challenge = received;
      if (received.protocolVersion() != ProtocolVersion.CURRENT) {
        fail(
            new ProtocolMismatchException(
                address, received.protocolVersion(), ProtocolVersion.CURRENT));
        return;
      }
      proof = ControlAuthentication.proof(key, received);
      client.sendTCP(proof);
    }

    private void accept(Authentication.Accepted accepted) {
      if (ControlAuthentication.proves(key, challenge, proof, accepted)) {
        client.trusted = true;
        events.connected(facade);
        opened.complete(facade);
      } else {
        fail(new WrongKeyException(address));
      }
    }

    private void fail(ConnectFailedException cause) {
      opened.completeExceptionally(cause);
      client.close();
    }

    @Override
    public void disconnected(Connection connection) {
      if (client.trusted) {
        events.disconnected(facade);
      }
      opened.completeExceptionally(
          new UnreachableException(address, new IOException("It closed the connection.")));
      client.loop.end();
    }
  }
}
