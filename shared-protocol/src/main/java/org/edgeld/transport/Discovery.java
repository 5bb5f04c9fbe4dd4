package org.edgeld.transport;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeld.message.AgentInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for agents on all networks of this machine. KryoNet's own search broadcasts to guessed
 * addresses and misses networks that are not /24 or /16; this one asks every interface for its
 * broadcast address, and this machine itself.
 */
public final class Discovery {
  /** First UDP port agents answer on unless told otherwise. */
  public static final int DEFAULT_BASE_PORT = 47400;

  /** How many ports agents of one machine share. */
  public static final int DEFAULT_RANGE = 16;

  private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
  private static final int ROUNDS = 2;
  private static final int MAX_AGENTS = 1024;

  private Discovery() {}

  /**
   * An agent that answered.
   *
   * @param info what it says of itself; not authenticated
   * @param host the address to reach it at: loopback if all found agents are on this machine, else
   *     the address in the network it shares with the most others, so that they reach it too
   */
  public record Found(AgentInfo info, String host) {}

  /**
   * Asks and waits for the answers.
   *
   * @param basePort first UDP port to ask
   * @param range how many ports to ask
   * @param wait how long to wait; the whole time is used
   * @return one entry for each agent, in the order of their answers
   * @throws IOException if this machine has no network at all
   */
  public static List<Found> find(int basePort, int range, Duration wait) throws IOException {
    return find(LocalNetwork.all(), basePort, range, wait);
  }

  /** Asks in some networks only. */
  static List<Found> find(List<LocalNetwork> networks, int basePort, int range, Duration wait)
      throws IOException {
    Map<String, AgentInfo> infos = new LinkedHashMap<>();
    Map<String, Set<InetAddress>> hosts = new LinkedHashMap<>();
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setBroadcast(true);
      long roundNanos = wait.toNanos() / ROUNDS;
      long start = System.nanoTime();
      for (int round = 0; round < ROUNDS; round++) {
        // datagrams get lost, so all are asked again
        ask(socket, networks, basePort, range);
        listen(socket, start + (round + 1) * roundNanos, infos, hosts);
      }
    }
    Map<String, InetAddress> chosen = HostChoice.choose(hosts, networks);
    List<Found> found = new ArrayList<>();
    infos.forEach((id, info) -> found.add(new Found(info, chosen.get(id).getHostAddress())));
    return List.copyOf(found);
  }

  private static void ask(
      DatagramSocket socket, List<LocalNetwork> networks, int basePort, int range)
      throws IOException {
    byte[] question = DiscoveryDatagrams.question();
    for (LocalNetwork network : networks) {
      for (int port = basePort; port < basePort + range; port++) {
        try {
          socket.send(new DatagramPacket(question, question.length, network.target(), port));
        } catch (IOException e) {
          LOG.debug("Cannot ask {} for agents: {}", network.target(), e.toString());
          break;
        }
      }
    }
  }

  private static void listen(
      DatagramSocket socket,
      long untilNanos,
      Map<String, AgentInfo> infos,
      Map<String, Set<InetAddress>> hosts)
      throws IOException {
    DatagramPacket packet =
        new DatagramPacket(new byte[DiscoveryDatagrams.MAX_BYTES], DiscoveryDatagrams.MAX_BYTES);
    while (true) {
      long leftMillis = (untilNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return;
      }
      socket.setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
      packet.setLength(DiscoveryDatagrams.MAX_BYTES);
      try {
        socket.receive(packet);
      } catch (SocketTimeoutException e) {
        return;
      }
      Optional<AgentInfo> answer =
          DiscoveryDatagrams.readAnswer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
      if (answer.isPresent() && infos.size() < MAX_AGENTS) {
        String id = answer.get().agentId();
        infos.put(id, answer.get());
        hosts.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(packet.getAddress());
      }
    }
  }
}
