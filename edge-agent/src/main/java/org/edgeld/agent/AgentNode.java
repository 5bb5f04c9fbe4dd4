package org.edgeld.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.edgeld.agent.session.AgentContext;
import org.edgeld.agent.session.AgentSession;
import org.edgeld.agent.session.ProbeResponder;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.ControlHandler;
import org.edgeld.transport.ControlServer;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.Discovery;
import org.edgeld.transport.DiscoveryResponder;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.wire.ProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device on the network: listens, answers discovery, and serves one workbench at a time. */
public final class AgentNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentNode.class);

  private final Settings settings;
  private final AgentContext context;
  private final SecureRandom random = new SecureRandom();
  private final String agentId = Long.toHexString(random.nextLong());
  private final AtomicReference<AgentSession> session = new AtomicReference<>();
  private DataServer dataServer;
  private ControlServer controlServer;
  private DiscoveryResponder discovery;

  /**
   * Where and as what an agent listens.
   *
   * @param name shown to users
   * @param bind address to listen on
   * @param port control port, the data plane takes the next; 0 for any free ports
   * @param discoveryPort first discovery port, 0 for none
   * @param threads compute threads
   */
  public record Settings(String name, InetAddress bind, int port, int discoveryPort, int threads) {}

  public AgentNode(Settings settings, AgentContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * Starts listening.
   *
   * @throws IOException with a sentence for the user, such as that a port is in use
   */
  public void start() throws IOException {
    int dataPort = settings.port() == 0 ? 0 : settings.port() + 1;
    try {
      dataServer =
          new DataServer(
              settings.bind(), dataPort, context.key(), context.shaper(), this::dataOpened);
      controlServer =
          new ControlServer(
              settings.bind(), settings.port(), context.key(), context.shaper(), new Control());
      if (settings.discoveryPort() != 0) {
        discovery =
            new DiscoveryResponder(
                this::info, settings.discoveryPort(), Discovery.DEFAULT_RANGE, settings.bind());
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /** Returns what the agent says of itself now. */
  public AgentInfo info() {
    String version = AgentNode.class.getPackage().getImplementationVersion();
    return new AgentInfo(
        agentId,
        settings.name(),
        version == null ? "development" : version,
        ProtocolVersion.CURRENT,
        controlServer.port(),
        dataServer.port(),
        HostFacts.processor(),
        HostFacts.architecture(),
        HostFacts.kernel(),
        HostFacts.governor(),
        Runtime.getRuntime().availableProcessors(),
        settings.threads(),
        HostFacts.memoryBytes(),
        context.engine().describe(),
        context.emulation(),
        session.get() != null);
  }

  @Override
  public void close() {
    if (discovery != null) {
      discovery.close();
    }
    if (controlServer != null) {
      controlServer.close();
    }
    AgentSession current = session.getAndSet(null);
    if (current != null) {
      current.close();
    }
    if (dataServer != null) {
      dataServer.close();
    }
  }

  private FrameReceiver dataOpened(DataConnection connection, ConnectionPurpose purpose)
      throws IOException {
    if (purpose instanceof ConnectionPurpose.LinkProbe) {
      return new ProbeResponder(connection);
    }
    AgentSession current = session.get();
    if (current == null) {
      throw new IOException("No workbench is using this agent.");
    }
    if (purpose instanceof ConnectionPurpose.Peer peer) {
      return current.peerOpened(peer, connection);
    }
    if (purpose instanceof ConnectionPurpose.Session own && own.session() == current.id()) {
      return current.dataOpened(connection);
    }
    throw new IOException("The purpose " + purpose + " belongs to no session here.");
  }

  /** Serves the first workbench that connects and turns others away until it is gone. */
  private final class Control implements ControlHandler {
    private ControlConnection owner;

    @Override
    public void connected(ControlConnection connection) {
      try {
        if (session.get() != null) {
          connection.send(
              new AgentMessage.Refused(
                  "The agent %s is in use by %s. Maybe wait until its run is over."
                      .formatted(settings.name(), owner.remoteAddress())));
          connection.close();
          return;
        }
        AgentInfo info = info();
        AgentSession opened = new AgentSession(random.nextLong(), connection, context);
        owner = connection;
        session.set(opened);
        connection.send(new AgentMessage.Welcome(info, opened.id()));
        LOG.info("In use by {}", connection.remoteAddress());
      } catch (IOException e) {
        LOG.info("{} left before it was welcomed: {}", connection.remoteAddress(), e.getMessage());
        LOG.debug("Not welcomed", e);
        connection.close();
      }
    }

    @Override
    public void received(ControlConnection connection, Message message) {
      AgentSession current = session.get();
      if (current != null && connection == owner && message instanceof WorkbenchMessage order) {
        order.accept(current);
      } else {
        connection.close();
      }
    }

    @Override
    public void disconnected(ControlConnection connection) {
      if (connection == owner) {
        AgentSession ended = session.get();
        if (ended != null) {
          ended.close();
          session.compareAndSet(ended, null);
        }
        LOG.info("Free again, {} has left", connection.remoteAddress());
      }
    }
  }
}
