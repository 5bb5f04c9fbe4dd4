package org.edgeld.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.agent.emulation.MemoryLimit;
import org.edgeld.message.AgentInfo;

/** What this computer is. */
final class HostFacts {
  /** What is longer does not fit beside the rest into an answer to discovery. */
  private static final int MOST_CHARACTERS = 64;

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

  /** Returns the version of the system's kernel. */
  static String kernel() {
    return shown(System.getProperty("os.version"));
  }

  /** Returns how the clock rate of the first core is chosen, where Linux tells. */
  static String governor() {
    return firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
  }

  /** Returns the first line of a file, or that it is not known. */
  static String firstLine(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String line = reader.readLine();
      return line == null ? AgentInfo.UNKNOWN : shown(line);
    } catch (IOException e) {
      return AgentInfo.UNKNOWN;
    }
  }

  private static String shown(String text) {
    String kept = text.strip();
    return kept.isEmpty()
        ? AgentInfo.UNKNOWN
        : kept.substring(0, Math.min(kept.length(), MOST_CHARACTERS));
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
