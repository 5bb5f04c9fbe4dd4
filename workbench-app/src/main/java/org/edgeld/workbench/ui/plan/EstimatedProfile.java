package org.edgeld.workbench.ui.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;

/**
 * A profile nobody measured: every device computes at {@link #FLOPS_PER_SECOND} and reads memory at
 * {@link #BYTES_PER_SECOND}, every link carries {@link #LINK_BITS_PER_SECOND}, less where an agent
 * says that it is emulated. It lets the partition map live before anything ran; whatever rests on
 * it says "estimated, not measured".
 */
public final class EstimatedProfile {
  /** Roughly a Raspberry Pi 4. */
  static final double FLOPS_PER_SECOND = 8e9;

  static final double BYTES_PER_SECOND = 4e9;
  static final long LINK_BITS_PER_SECOND = 1_000_000_000;

  private static final long ROUND_TRIP_NANOS = 300_000;
  private static final int EXAMPLE_DEVICES = 4;

  private EstimatedProfile() {}

  /** Returns devices that stand for agents while none is known. */
  public static List<AgentInfo> exampleDevices() {
    return IntStream.rangeClosed(1, EXAMPLE_DEVICES)
        .mapToObj(
            i ->
                new AgentInfo(
                    "example-" + i,
                    "example " + i,
                    "",
                    0,
                    0,
                    0,
                    "imagined",
                    "",
                    4,
                    1,
                    0,
                    "",
                    Emulation.NONE,
                    false))
        .toList();
  }

  /** Estimates devices and links. */
  public static ClusterProfile of(ModelGraph graph, List<AgentInfo> agents) {
    List<DeviceProfile> devices = new ArrayList<>();
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      devices.add(device(graph, agents.get(i)));
      List<LinkEstimate> row = new ArrayList<>();
      for (int j = 0; j < agents.size(); j++) {
        row.add(
            i == j
                ? LinkEstimate.SELF
                : link(agents.get(i).emulation(), agents.get(j).emulation()));
      }
      links.add(row);
    }
    return new ClusterProfile(
        devices,
        links,
        agents.stream().map(agent -> InterfaceEstimate.both(rate(agent.emulation()))).toList());
  }

  private static DeviceProfile device(ModelGraph graph, AgentInfo info) {
    double share = info.emulation().cpuShare();
    Board board = new Board(info.name(), FLOPS_PER_SECOND * share, BYTES_PER_SECOND * share, 0, 0);
    return RooflineProfile.device(graph, board, info);
  }

  private static LinkEstimate link(Emulation from, Emulation to) {
    long delay = from.linkDelayNanos() + to.linkDelayNanos();
    return new LinkEstimate(ROUND_TRIP_NANOS + delay, Math.min(rate(from), rate(to)));
  }

  private static long rate(Emulation emulation) {
    return emulation.linkBitsPerSecond() == 0
        ? LINK_BITS_PER_SECOND
        : emulation.linkBitsPerSecond();
  }
}
