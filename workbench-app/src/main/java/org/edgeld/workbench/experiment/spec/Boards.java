package org.edgeld.workbench.experiment.spec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.words.Figures;

/**
 * How the devices of a cluster are: what has to be set up anew when it changes.
 *
 * @param cpuShare emulated fraction of one core, 1 if not emulated
 * @param linkMbps emulated rate of every link in Mbit/s, 0 if not emulated
 * @param linkDelayMillis emulated delay of every link
 * @param memoryMegabytes emulated memory of every device in 10⁶ bytes, 0 if not emulated
 * @param agents addresses of the boards, the head first; empty for all of the specification
 */
public record Boards(
    double cpuShare,
    double linkMbps,
    double linkDelayMillis,
    double memoryMegabytes,
    List<String> agents) {
  private static final int DIGEST_LETTERS = 12;

  /** Boards as they are. */
  public static final Boards REAL = new Boards(1, 0, 0);

  /** Creates boards with all the memory of this computer. */
  public Boards(double cpuShare, double linkMbps, double linkDelayMillis) {
    this(cpuShare, linkMbps, linkDelayMillis, 0, List.of());
  }

  public Boards {
    agents = List.copyOf(agents);
  }

  /** Returns boards as they are, some of those of a specification. */
  static Boards of(List<String> agents) {
    return new Boards(1, 0, 0, 0, agents);
  }

  /** Tells whether they are to be slowed down or limited. */
  public boolean emulated() {
    return cpuShare < 1 || linkMbps > 0 || linkDelayMillis > 0 || memoryMegabytes > 0;
  }

  /** Returns how local agents are slowed down. */
  public Emulation emulation() {
    return new Emulation(
        cpuShare,
        Math.round(linkMbps * 1e6),
        Math.round(linkDelayMillis * 1e6),
        Math.round(memoryMegabytes * 1e6));
  }

  /** Returns a name for files, such as {@code share0.2-100mbps}. */
  public String fileName() {
    String delay = linkDelayMillis == 0 ? "" : "-" + Figures.plain(linkDelayMillis) + "ms";
    String memory = memoryMegabytes == 0 ? "" : "-" + Figures.plain(memoryMegabytes) + "mb";
    return "share"
        + Figures.plain(cpuShare)
        + "-"
        + Figures.plain(linkMbps)
        + "mbps"
        + delay
        + memory
        + (agents.isEmpty() ? "" : "-" + digest());
  }

  /** Addresses have letters that names of files must not have. */
  private String digest() {
    byte[] text = String.join(" ", agents).getBytes(StandardCharsets.UTF_8);
    return Sha256.of(ByteBuffer.wrap(text)).hex().substring(0, DIGEST_LETTERS);
  }

  /** Returns what is emulated and chosen in words, empty if nothing is. */
  @Override
  public String toString() {
    List<String> words = new ArrayList<>();
    if (cpuShare < 1) {
      words.add("share " + Figures.plain(cpuShare));
    }
    if (linkMbps > 0) {
      words.add(Figures.plain(linkMbps) + " Mbit/s");
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
