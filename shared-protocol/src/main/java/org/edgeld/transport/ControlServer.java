package org.edgeld.transport;

import com.esotericsoftware.kryonet.Connection;
import com.esotericsoftware.kryonet.FrameworkMessage;
import com.esotericsoftware.kryonet.Listener;
import com.esotericsoftware.kryonet.Server;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeld.message.Message;
import org.edgeld.wire.Authentication;
import org.edgeld.wire.ProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for control connections over KryoNet. The handler sees only connections whose other side
 * has proved within {@link #AUTHENTICATION_TIMEOUT} that it has the key; of the others at most
 * {@value #MAX_UNPROVEN} are kept. A silent connection is closed after 3 s; both sides say every
 * second that they live.
 */
public final class ControlServer implements AutoCloseable {
  /** How long a client may take to prove itself. */
  public static final Duration AUTHENTICATION_TIMEOUT = Duration.ofSeconds(3);

  static final int MAX_UNPROVEN = 32;
  static final int SILENCE_MILLIS = 3000;
  static final int KEEP_ALIVE_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
  private static final int FREE_PORT_TRIES = 20;

  private final SharedKey key;
  private final LinkShaper shaper;
  private final Server server;
  private final int port;
  private final ControlEvents events;
  private final KryoLoop loop;

  /** As the other constructor, without an emulated link. */
  public ControlServer(InetAddress bind, int port, SharedKey key, ControlHandler handler)
      throws IOException {
    this(bind, port, key, LinkShaper.none(), handler);
  }

  /**
   * Starts to listen.
   *
   * @param bind the local address, the wildcard for all
   * @param port the TCP port, 0 for any free one
   * @param key the cluster's key
   * @param shaper this device's network interface: messages take up its capacity, but are small and
   *     not delayed themselves
   * @param handler hears of authenticated connections
   * @throws IOException in one sentence, if the port cannot be had
   */
  public ControlServer(
      InetAddress bind, int port, SharedKey key, LinkShaper shaper, ControlHandler handler)
      throws IOException {
    this.key = key;
    this.shaper = shaper;
    this.server =
        new Server(
            ControlSerialization.WRITE_BUFFER_BYTES,
            ControlSerialization.READ_BUFFER_BYTES,
            new ControlSerialization(shaper)) {
          @Override
          protected Connection newConnection() {
            return new Client();
          }
        };
    server.addListener(new Gate());
    try {
      this.port = port == 0 ? bindFree(bind) : bind(bind, port);
    } catch (IOException e) {
      server.dispose();
      throw Addresses.cannotBind(bind, port, e);
    }
    this.events = new ControlEvents("edgeld-control-events " + this.port, handler);
    this.loop = new KryoLoop("edgeld-control " + this.port, server, this::closeDue, this::dispose);
    loop.start();
  }

  /** Returns the TCP port. */
  public int port() {
    return port;
  }

  /** Closes all connections and stops listening; the handler is told of every one of them. */
  @Override
  public void close() {
    loop.endAndWait();
  }

  private void dispose() {
    try {
      server.dispose();
    } catch (IOException e) {
      LOG.debug("Closing the control server failed.", e);
    }
    events.end();
  }

  private int bind(InetAddress bind, int wanted) throws IOException {
    server.bind(new InetSocketAddress(bind, wanted), null);
    return wanted;
  }

  /** KryoNet does not tell which port it was given, so a free one is looked for first. */
  private int bindFree(InetAddress bind) throws IOException {
    BindException last = new BindException("No free port.");
    for (int i = 0; i < FREE_PORT_TRIES; i++) {
      int candidate;
      try (ServerSocket probe = new ServerSocket(0, 1, bind)) {
        candidate = probe.getLocalPort();
      }
      try {
        return bind(bind, candidate);
      } catch (BindException e) {
        last = e;
      }
    }
    throw last;
  }

  /** Closes connections that are to be closed, or whose time to prove themselves is over. */
  private void closeDue() {
    for (Connection connection : server.getConnections()) {
      Client client = (Client) connection;
      boolean late = System.nanoTime() - client.bornNanos > AUTHENTICATION_TIMEOUT.toNanos();
      if (client.closing.get() || (!client.trusted && late)) {
        client.close();
      }
    }
  }

  private long unproven() {
    long count = 0;
    for (Connection connection : server.getConnections()) {
      count += ((Client) connection).trusted ? 0 : 1;
    }
    return count;
  }

  /**
   * One connection as KryoNet knows it, closed only on KryoNet's thread: closing changes the
   * server's list of connections, which has no lock.
   */
  private final class Client extends Connection implements ControlSerialization.Peer {
    private final long bornNanos = System.nanoTime();
    private final Authentication.Challenge challenge = ControlAuthentication.challenge();
    private volatile boolean trusted;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile KryoConnection facade;

    @Override
    public boolean trusted() {
      return trusted;
    }

    @Override
    public void close() {
      if (loop.isCurrentThread()) {
        super.close();
      } else if (closing.compareAndSet(false, true) && isConnected()) {
        // wakes the loop
        sendTCP(FrameworkMessage.keepAlive);
      }
    }
  }

  /** Lets clients in that have the key; runs on KryoNet's thread and only queues. */
  private final class Gate extends Listener {
    @Override
    public void connected(Connection connection) {
      Client client = (Client) connection;
      client.setTimeout(SILENCE_MILLIS);
      client.setKeepAliveTCP(KEEP_ALIVE_MILLIS);
      if (unproven() > MAX_UNPROVEN) {
        reject(client, Authentication.Reason.BUSY);
        return;
      }
      client.facade =
          new KryoConnection(client, Addresses.text(client.getRemoteAddressTCP()), shaper);
      client.sendTCP(client.challenge);
    }

    @Override
    public void received(Connection connection, Object object) {
      Client client = (Client) connection;
      if (client.trusted && object instanceof Message message) {
        if (!events.received(client.facade, message)) {
          LOG.warn(
              "{} sends faster than it is heard and is disconnected.",
              client.facade.remoteAddress());
          client.close();
        }
      } else if (!client.trusted && object instanceof Authentication.Proof proof) {
        admit(client, proof);
      } else if (object instanceof Authentication) {
        client.close();
      }
    }

    @Override
    public void disconnected(Connection connection) {
      Client client = (Client) connection;
      if (client.trusted) {
        events.disconnected(client.facade);
      }
    }

    private void admit(Client client, Authentication.Proof proof) {
      if (proof.protocolVersion() != ProtocolVersion.CURRENT) {
        reject(client, Authentication.Reason.PROTOCOL);
      } else if (!ControlAuthentication.proves(key, client.challenge, proof)) {
        reject(client, Authentication.Reason.WRONG_KEY);
      } else {
        // the client decodes messages only after this one, so it goes before the handler can send
        client.sendTCP(ControlAuthentication.accepted(key, client.challenge, proof));
        client.trusted = true;
        events.connected(client.facade);
      }
    }

    private void reject(Client client, Authentication.Reason reason) {
      client.sendTCP(new Authentication.Rejected(reason));
      client.close();
    }
  }
}
