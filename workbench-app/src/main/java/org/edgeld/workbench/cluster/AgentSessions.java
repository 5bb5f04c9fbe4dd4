package org.edgeld.workbench.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/**
 * Sessions with all agents of a job, in the order of device ids.
 *
 * @param connections open sessions
 * @param peerAddresses where the agents reach each other's data planes
 */
public record AgentSessions(List<AgentConnection> connections, List<PeerAddress> peerAddresses)
    implements AutoCloseable {
  public AgentSessions {
    connections = List.copyOf(connections);
    peerAddresses = List.copyOf(peerAddresses);
  }

  /**
   * Opens a session with each agent, or none.
   *
   * @throws ClusterException naming the agent that refused or did not answer
   */
  public static AgentSessions open(List<KnownAgent> agents, SharedKey key, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    List<AgentConnection> connections = new ArrayList<>();
    boolean complete = false;
    try {
      for (KnownAgent agent : agents) {
        monitor.checkCancelled();
        monitor.progress("Connecting to " + agent.name(), -1);
        connections.add(AgentConnection.open(agent.address(), key));
      }
      AgentSessions sessions = new AgentSessions(connections, mutualAddresses(connections));
      complete = true;
      return sessions;
    } finally {
      if (!complete) {
        connections.forEach(AgentConnection::close);
      }
    }
  }

  /**
   * An agent that the workbench reaches over loopback is not to be reached so from another host;
   * there it is this computer's address towards that host.
   */
  private static List<PeerAddress> mutualAddresses(List<AgentConnection> connections)
      throws ClusterException {
    List<PeerAddress> addresses = connections.stream().map(AgentConnection::peerAddress).toList();
    Optional<PeerAddress> remote = Optional.empty();
    try {
      for (PeerAddress address : addresses) {
        if (!InetAddress.getByName(address.host()).isLoopbackAddress()) {
          remote = Optional.of(address);
        }
      }
      if (remote.isEmpty()) {
        return addresses;
      }
      String own;
      try (DatagramSocket socket = new DatagramSocket()) {
        // connecting a datagram socket sends nothing, but chooses the interface
        socket.connect(new InetSocketAddress(remote.get().host(), remote.get().dataPort()));
        own = socket.getLocalAddress().getHostAddress();
      }
      List<PeerAddress> mutual = new ArrayList<>();
      for (PeerAddress address : addresses) {
        boolean loopback = InetAddress.getByName(address.host()).isLoopbackAddress();
        mutual.add(loopback ? new PeerAddress(address.name(), own, address.dataPort()) : address);
      }
      return mutual;
    } catch (IOException e) {
      throw new ClusterException("The agents' addresses cannot be resolved: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    connections.forEach(AgentConnection::close);
  }
}
