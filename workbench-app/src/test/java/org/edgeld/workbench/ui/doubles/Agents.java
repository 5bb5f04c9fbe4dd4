package org.edgeld.workbench.ui.doubles;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.KnownAgent;

/** Makes agents that exist in tests only. */
public final class Agents {
  private Agents() {}

  /** Returns a ready agent. */
  public static KnownAgent ready(int number, double cpuShare) {
    return with(number, cpuShare, KnownAgent.Status.READY, KnownAgent.Source.DISCOVERED, "");
  }

  /** Returns an agent of any kind. */
  public static KnownAgent with(
      int number,
      double cpuShare,
      KnownAgent.Status status,
      KnownAgent.Source source,
      String detail) {
    Emulation emulation =
        cpuShare < 1 ? new Emulation(cpuShare, 1_000_000_000, 0, 0) : Emulation.NONE;
    return with(number, emulation, status, source, detail);
  }

  /** Returns an agent that plays a weaker board. */
  public static KnownAgent with(
      int number,
      Emulation emulation,
      KnownAgent.Status status,
      KnownAgent.Source source,
      String detail) {
    AgentInfo info =
        new AgentInfo(
            "id-" + number,
            "board-" + number,
            "test",
            1,
            46000 + number,
            47000 + number,
            "Cortex-A76",
            "aarch64",
            4,
            1,
            8_000_000_000L,
            "PyTorch",
            emulation,
            false);
    return new KnownAgent(
        new AgentAddress("127.0.0.1", 46000 + number), Optional.of(info), status, source, detail);
  }

  /** Returns ready agents of several speeds. */
  public static List<KnownAgent> cluster(int size) {
    double[] shares = {0.35, 0.5, 0.4, 0.25, 0.45, 0.3, 0.38, 0.28};
    return IntStream.range(0, size).mapToObj(i -> ready(i + 1, shares[i % 8])).toList();
  }
}
