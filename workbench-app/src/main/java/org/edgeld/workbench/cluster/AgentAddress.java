package org.edgeld.workbench.cluster;

/**
 * Where an agent's control plane listens.
 *
 * @param host name or address
 * @param controlPort TCP port, 1 to 65535
 */
public record AgentAddress(String host, int controlPort) {
  public AgentAddress {
    if (host.isBlank() || controlPort < 1 || controlPort > 65535) {
      throw new IllegalArgumentException(
          "\"%s:%d\" is not an agent's address. Maybe the port is missing: host:port."
              .formatted(host, controlPort));
    }
  }

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static AgentAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      try {
        String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new AgentAddress(host, Integer.parseInt(text.substring(colon + 1).trim()));
      } catch (NumberFormatException e) {
        // the sentence below says it
      }
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not an agent's address. Maybe the port is missing: host:port.");
  }

  /** Tells whether the agent runs on this computer and is reached without a network. */
  public boolean isLoopback() {
    return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + controlPort;
  }
}
