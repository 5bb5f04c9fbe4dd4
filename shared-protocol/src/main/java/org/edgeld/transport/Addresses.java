package org.edgeld.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** How addresses are written, and what is said when one cannot be had. */
final class Addresses {
  private Addresses() {}

  static String text(String host, int port) {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }

  static String text(InetSocketAddress address) {
    return address.isUnresolved()
        ? text(address.getHostString(), address.getPort())
        : text(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Says why a port cannot be listened on. */
  static IOException cannotBind(InetAddress bind, int port, IOException cause) {
    boolean inUse =
        cause instanceof BindException
            && cause.getMessage() != null
            && cause.getMessage().contains("in use");
    BindException sentence =
        new BindException(
            inUse
                ? "Port " + port + " is in use. Maybe another agent runs here; choose --port."
                : "Port %d of %s cannot be opened. Maybe the address is not this machine's, or the port is reserved."
                    .formatted(port, bind.getHostAddress()));
    sentence.initCause(cause);
    return sentence;
  }
}
