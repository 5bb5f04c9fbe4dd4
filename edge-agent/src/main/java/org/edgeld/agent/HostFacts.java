package org.edgeld.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.agent.emulation.MemoryLimit;

/** What this computer is. */
final class HostFacts {
  private HostFacts() {}

  /**
   * Returns the processor's or board's name, or the architecture where the system does not tell.
   */
  static String processor() {
    try {
      Path board = Path.of("/proc/device-tree/model");
      if (Files.isReadable(board)) {
        return Files.readString(board, StandardCharsets.UTF_8).replace("\0", "").trim();
      }
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).trim();
        }
      }
    } catch (IOException e) {
      return architecture();
    }
    return architecture();
  }

  static String architecture() {
    return System.getProperty("os.arch");
  }

  static long memoryBytes() {
    return MemoryLimit.physicalMemoryBytes();
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "agent";
    }
  }
}
