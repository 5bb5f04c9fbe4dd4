package org.edgeld.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.edgeld.agent.emulation.FileTurn;
import org.edgeld.agent.emulation.Turn;
import org.edgeld.agent.engine.djl.Convolutions;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.message.Emulation;
import picocli.CommandLine.Option;

/** The agent's command line. */
final class AgentOptions {
  /** More make one agent slower, and so many more that it answers nobody. */
  static final int MOST_THREADS = 256;

  /** A longer name would not fit into discovery's datagram beside the rest. */
  static final int LONGEST_NAME = 64;

  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final Path HOME = Path.of(System.getProperty("user.home"), ".edgeld");

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "Name shown in the workbench (default: this host's name).")
  String name = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      description =
          "TCP port of the control plane; the data plane takes the next one. 0: any free ports "
              + "(default: ${DEFAULT-VALUE}).")
  int port = 47300;

  @Option(
      names = "--discovery-port",
      paramLabel = "P",
      description =
          "First of 16 UDP ports on which workbenches look for agents; 0: stay hidden "
              + "(default: ${DEFAULT-VALUE}).")
  int discoveryPort = 47400;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, every interface).")
  String bind = "0.0.0.0";

  @Option(
      names = "--key-file",
      paramLabel = "F",
      description =
          "Key shared by workbench and agents; made and printed if missing "
              + "(default: ${DEFAULT-VALUE}).")
  Path keyFile = HOME.resolve("key");

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Compute threads (default: one per core; 1 with --cpu-share).")
  int threads;

  @Option(
      names = PinnedCores.OPTION,
      paramLabel = "LIST",
      description =
          "Cores that the agent's threads stay on, such as 2,3 or 4-7; needs taskset, of "
              + "util-linux (default: any).")
  String cores = "";

  @Option(
      names = "--convolutions",
      paramLabel = "KIND",
      description =
          "Convolutions of large layers: packed (weights in the library's order, about twice as "
              + "fast for thin strips), plain, or auto: packed if a trial at start gives the same "
              + "outputs (default: ${DEFAULT-VALUE}).")
  Convolutions convolutions = Convolutions.AUTO;

  @Option(
      names = "--cpu-share",
      paramLabel = "S",
      description =
          "Emulate a weaker processor: use the fraction S of one core, 0 < S <= 1 (default: 1, "
              + "not emulated).")
  double cpuShare = 1;

  @Option(
      names = "--turn-file",
      paramLabel = "F",
      description =
          "Compute in turns with the agents of this computer that have the same file; needs "
              + "--cpu-share. The workbench sets it for its local agents.")
  Path turnFile;

  @Option(
      names = "--link-mbps",
      paramLabel = "R",
      description = "Emulate a slower link: R Mbit/s each way (default: 0, not emulated).")
  double linkMbps;

  @Option(
      names = "--link-delay-ms",
      paramLabel = "D",
      description = "Emulate a longer link: delay everything sent by D ms (default: 0).")
  double linkDelayMs;

  @Option(
      names = "--memory-mb",
      paramLabel = "M",
      description =
          "Refuse plans that need more than M MB (10⁶ bytes) here (default: 0, no limit).")
  double memoryMb;

  @Option(
      names = "--cache-dir",
      paramLabel = "D",
      description = "Folder that keeps weights by SHA-256 (default: ${DEFAULT-VALUE}).")
  Path cacheDir = HOME.resolve("cache");

  @Option(
      names = "--parent-pipe",
      hidden = true,
      description = "Exit when standard input closes: the starter is gone.")
  boolean parentPipe;

  @Option(names = "--verbose", description = "Show stack traces.")
  boolean verbose;

  /**
   * Returns the emulation asked for.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  Emulation emulation() {
    return new Emulation(
        cpuShare,
        scaled("--link-mbps", linkMbps, 1e6),
        scaled("--link-delay-ms", linkDelayMs, 1e6),
        scaled("--memory-mb", memoryMb, BYTES_PER_MEGABYTE));
  }

  private static long scaled(String option, double value, double unit) {
    double scaled = value * unit;
    if (scaled == 0 || (scaled >= 1 && scaled < Long.MAX_VALUE)) {
      return Math.round(scaled);
    }
    throw new IllegalArgumentException(
        "%s %s is not a positive number of a usable size. Maybe leave it out to emulate nothing."
            .formatted(option, value));
  }

  /**
   * Checks the list of cores, and that the process was bound to them when it began.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  void checkCores() {
    if (!cores.isEmpty()) {
      PinnedCores.check(cores, PinnedCores.allowed());
    }
  }

  /**
   * Checks the ports.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  void checkPorts() {
    if (port < 0 || port > 65534) {
      throw new IllegalArgumentException(
          "--port %d is not within 0 to 65534. Maybe use 47300.".formatted(port));
    }
    if (discoveryPort < 0 || discoveryPort > 65535) {
      throw new IllegalArgumentException(
          "--discovery-port %d is not within 0 to 65535. Maybe use 47400."
              .formatted(discoveryPort));
    }
  }

  /**
   * Returns the name to be shown.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  String shownName() {
    if (name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "--name has %d characters, but agents are shown by at most %d. Maybe use a shorter one."
              .formatted(name.length(), LONGEST_NAME));
    }
    if (name.indexOf(';') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "--name \"%s\" has a semicolon or a control character, which separate names in results."
                  .formatted(name.replaceAll("\\p{Cntrl}", "?"))
              + " Maybe use letters, digits and dashes.");
    }
    if (!name.isBlank()) {
      return name.strip();
    }
    String host = HostFacts.hostName();
    return host.substring(0, Math.min(host.length(), LONGEST_NAME));
  }

  /**
   * Returns the address to listen on.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  InetAddress bindAddress() {
    try {
      return InetAddress.getByName(bind);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--bind %s is not a known address. Maybe leave it out: every interface.".formatted(bind),
          e);
    }
  }

  /**
   * Opens the folder of weights.
   *
   * @throws IOException with a sentence for the user
   */
  WeightCache cache() throws IOException {
    try {
      return new WeightCache(cacheDir);
    } catch (IOException e) {
      throw new IOException(
          "The folder %s cannot be used for weights. Maybe it is a file or another user's; choose --cache-dir."
              .formatted(cacheDir),
          e);
    }
  }

  /**
   * Returns when to compute.
   *
   * @throws IllegalArgumentException if the option contradicts another, with a sentence for the
   *     user
   * @throws IOException with a sentence for the user
   */
  Turn turn() throws IOException {
    if (turnFile == null) {
      return Turn.always();
    }
    if (cpuShare == 1) {
      throw new IllegalArgumentException(
          "--turn-file %s is for emulated processors. Maybe add --cpu-share.".formatted(turnFile));
    }
    try {
      return FileTurn.of(turnFile);
    } catch (IOException e) {
      throw new IOException(
          "The file %s cannot be used for turns. Maybe its folder is missing.".formatted(turnFile),
          e);
    }
  }

  /**
   * Returns the number of compute threads.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  int computeThreads() {
    if (threads < 0 || threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "--threads %d is not within 1 to %d. Maybe leave it out: one per core."
              .formatted(threads, MOST_THREADS));
    }
    if (cpuShare < 1 && threads > 1) {
      throw new IllegalArgumentException(
          "--threads %d contradicts --cpu-share %s, which emulates a fraction of one core. Maybe use --threads 1."
              .formatted(threads, cpuShare));
    }
    if (threads > 0) {
      return threads;
    }
    return cpuShare < 1 ? 1 : Runtime.getRuntime().availableProcessors();
  }
}
