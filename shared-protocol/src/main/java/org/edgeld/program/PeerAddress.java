package org.edgeld.program;

/**
 * Where a device's data plane listens, as its peers see it.
 *
 * @param name the agent's name
 * @param host host name or address
 * @param dataPort TCP port of the data plane
 */
public record PeerAddress(String name, String host, int dataPort) {}
