package org.edgeld.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One IPv4 network this machine is in.
 *
 * @param own this machine's address there
 * @param prefixBits length of the network's prefix
 * @param target whom to ask for agents: the broadcast address, or loopback itself
 */
record LocalNetwork(InetAddress own, int prefixBits, InetAddress target) {
  /**
   * Returns the networks of all interfaces that are up.
   *
   * @throws IOException if there is not even a loopback interface
   */
  static List<LocalNetwork> all() throws IOException {
    List<LocalNetwork> networks = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (!each.isUp()) {
        continue;
      }
      for (InterfaceAddress address : each.getInterfaceAddresses()) {
        InetAddress own = address.getAddress();
        InetAddress target = each.isLoopback() ? own : address.getBroadcast();
        if (own instanceof Inet4Address && target != null) {
          networks.add(new LocalNetwork(own, address.getNetworkPrefixLength(), target));
        }
      }
    }
    return List.copyOf(networks);
  }

  /** Tells whether an address lies in this network. */
  boolean contains(InetAddress address) {
    byte[] a = own.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    int mask = prefixBits == 0 ? 0 : -1 << (Integer.SIZE - prefixBits);
    return ((number(a) ^ number(b)) & mask) == 0;
  }

  private static int number(byte[] address) {
    int number = 0;
    for (byte each : address) {
      number = (number << 8) | (each & 0xff);
    }
    return number;
  }
}
