package org.edgeld.transport;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses among the addresses at which the same agent answered. */
final class HostChoice {
  private HostChoice() {}

  /**
   * Returns one address for each agent. Who answers on loopback is on this machine; but loopback is
   * good only among agents that all are. Otherwise an address counts by how many agents answered in
   * its network, which leaves out the inner networks of containers; the first answer wins a tie.
   */
  static Map<String, InetAddress> choose(
      Map<String, Set<InetAddress>> answers, List<LocalNetwork> networks) {
    boolean allHere =
        answers.values().stream()
            .allMatch(addresses -> addresses.stream().anyMatch(InetAddress::isLoopbackAddress));
    Map<String, InetAddress> chosen = new LinkedHashMap<>();
    answers.forEach(
        (agent, addresses) -> {
          InetAddress best = addresses.iterator().next();
          long bestScore = -1;
          for (InetAddress address : addresses) {
            long score = score(address, allHere, answers.values(), networks);
            if (score > bestScore) {
              best = address;
              bestScore = score;
            }
          }
          chosen.put(agent, best);
        });
    return chosen;
  }

  private static long score(
      InetAddress address,
      boolean allHere,
      Collection<Set<InetAddress>> answers,
      List<LocalNetwork> networks) {
    if (address.isLoopbackAddress()) {
      return allHere ? Long.MAX_VALUE : 0;
    }
    // 1 for an address of no network of ours, more for every agent in the same network
    return 1
        + networks.stream()
            .filter(network -> network.contains(address))
            .mapToLong(
                network ->
                    answers.stream()
                        .filter(each -> each.stream().anyMatch(network::contains))
                        .count())
            .max()
            .orElse(0);
  }
}
