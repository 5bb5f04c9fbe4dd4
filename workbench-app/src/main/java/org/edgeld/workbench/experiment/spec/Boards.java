package org.edgeld.workbench.experiment.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.words.Figures;

/**
 * How the devices of a cluster are: what has to be set up anew when it changes.
 *
 * @param cpuShares emulated fraction of one core that each device computes with, 1 if not emulated
 * @param linkMbps emulated rate of each device's link in Mbit/s, 0 if not emulated
 * @param linkDelayMillis emulated delay of every link
 * @param memoryMegabytes emulated memory of every device in 10⁶ bytes, 0 if not emulated
 * @param agents addresses of the boards, the head first; empty for all of the specification
 */
public record Boards(
    PerDevice cpuShares,
    PerDevice linkMbps,
    double linkDelayMillis,
    double memoryMegabytes,
    List<String> agents) {
  private static final int DIGEST_LETTERS = 12;

  /** Values of each device that names of files still spell. */
  private static final int MOST_SPELLED = 6;

  /** Boards as they are. */
  public static final Boards REAL = new Boards(1, 0, 0);

  /** Creates boards that are all alike, with all the memory of this computer. */
  public Boards(double cpuShare, double linkMbps, double linkDelayMillis) {
    this(cpuShare, linkMbps, linkDelayMillis, 0);
  }

  /** Creates boards that are all alike. */
  public Boards(double cpuShare, double linkMbps, double linkDelayMillis, double memoryMegabytes) {
    this(
        PerDevice.all(cpuShare),
        PerDevice.all(linkMbps),
        linkDelayMillis,
        memoryMegabytes,
        List.of());
  }

  public Boards {
    agents = List.copyOf(agents);
  }

  /** Returns boards as they are, some of those of a specification. */
  static Boards of(List<String> agents) {
    return new Boards(PerDevice.all(1), PerDevice.all(0), 0, 0, agents);
  }

  /** Returns the same boards with other links. */
  public Boards withLinks(PerDevice otherMbps) {
    return new Boards(cpuShares, otherMbps, linkDelayMillis, memoryMegabytes, agents);
  }

  /** Tells whether they are to be slowed down or limited. */
  public boolean emulated() {
    return slowed() || linked() || linkDelayMillis > 0 || memoryMegabytes > 0;
  }

  /** Tells whether any device is to compute slower. */
  public boolean slowed() {
    return cpuShares.values().stream().anyMatch(share -> share < 1);
  }

  /** Tells whether links are emulated. */
  public boolean linked() {
    return linkMbps.of(0) > 0;
  }

  /** Returns so many local agents that play such boards. */
  public LocalClusterSpec cluster(int count) {
    return LocalClusterSpec.of(count, this::emulation, 1);
  }

  /** Returns how the local agent that plays a device, counted from 0, is slowed down. */
  public Emulation emulation(int device) {
    return new Emulation(
        cpuShares.of(device),
        Math.round(linkMbps.of(device) * 1e6),
        Math.round(linkDelayMillis * 1e6),
        Math.round(memoryMegabytes * 1e6));
  }

  /** Returns a name for files, such as {@code share0.2-100mbps}. */
  public String fileName() {
    String delay = linkDelayMillis == 0 ? "" : "-" + Figures.plain(linkDelayMillis) + "ms";
    String memory = memoryMegabytes == 0 ? "" : "-" + Figures.plain(memoryMegabytes) + "mb";
    return "share"
        + spelled(cpuShares)
        + "-"
        + spelled(linkMbps)
        + "mbps"
        + delay
        + memory
        + (agents.isEmpty() ? "" : "-" + digest(String.join(" ", agents)));
  }

  private static String spelled(PerDevice values) {
    return values.values().size() <= MOST_SPELLED
        ? values.toString().replace('/', '_')
        : digest(values.toString());
  }

  /** Some texts have letters that names of files must not have, or too many of them. */
  private static String digest(String of) {
    byte[] text = of.getBytes(StandardCharsets.UTF_8);
    return Sha256.of(ByteBuffer.wrap(text)).hex().substring(0, DIGEST_LETTERS);
  }

  /**
   * Returns shares for a table, with what else is emulated and has no column of its own, such as
   * {@code 0.2, 5 ms delay, 512 MB}.
   */
  public String sharesInWords() {
    return cpuShares
        + (linkDelayMillis > 0 ? ", " + Figures.plain(linkDelayMillis) + " ms delay" : "")
        + (memoryMegabytes > 0 ? ", " + Figures.plain(memoryMegabytes) + " MB" : "");
  }

  /** Returns what is emulated and chosen in words, empty if nothing is. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (slowed()) {
      words.add("share " + cpuShares);
    }
    if (linked()) {
      words.add(linkMbps + " Mbit/s");
    }
    if (linkDelayMillis > 0) {
      words.add(Figures.plain(linkDelayMillis) + " ms delay");
    }
    if (memoryMegabytes > 0) {
      words.add(Figures.plain(memoryMegabytes) + " MB");
    }
    if (!agents.isEmpty()) {
      words.add("agents " + String.join(" ", agents));
    }
    return String.join(", ", words);
  }
}
