package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.words.Figures;

/**
 * How the devices of a cluster are: what has to be set up anew when it changes.
 *
 * @param cpuShare emulated fraction of one core, 1 if not emulated
 * @param linkMbps emulated rate of every link in Mbit/s, 0 if not emulated
 * @param linkDelayMillis emulated delay of every link
 * @param memoryMegabytes emulated memory of every device in 10⁶ bytes, 0 if not emulated
 */
public record Boards(
    double cpuShare, double linkMbps, double linkDelayMillis, double memoryMegabytes) {
  /** Boards as they are. */
  public static final Boards REAL = new Boards(1, 0, 0);

  /** Creates boards with all the memory of this computer. */
  public Boards(double cpuShare, double linkMbps, double linkDelayMillis) {
    this(cpuShare, linkMbps, linkDelayMillis, 0);
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
        + memory;
  }

  /** Returns what is emulated in words, empty if nothing is. */
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
    return String.join(", ", words);
  }
}
