package org.edgeld.workbench.history;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.run.Batch;

/**
 * Whether the times of two runs compare: the same network, input size and batch, on devices of the
 * same kinds that were emulated alike. How many devices took part may differ, and which of them.
 */
public final class Fairness {
  private Fairness() {}

  /** Returns why it would not be fair to compare two runs, in few words; empty if it is. */
  public static Optional<String> objection(RunHead one, RunHead other) {
    if (!one.times().outputAgrees() || !other.times().outputAgrees()) {
      return Optional.of("wrong output");
    }
    if (!one.model().id().equals(other.model().id())) {
      return Optional.of("another network");
    }
    if (!one.model().input().equals(other.model().input())) {
      return Optional.of("another input size");
    }
    if (!one.model().graphSha256().equals(other.model().graphSha256())) {
      return Optional.of("another network of the same name");
    }
    Batch batch = one.times().batches().batch();
    if (!batch.equals(other.times().batches().batch())) {
      return Optional.of("another batch");
    }
    if (!kinds(one).equals(kinds(other))) {
      return Optional.of("another machine");
    }
    if (!emulations(one).equals(emulations(other))) {
      return Optional.of("emulated otherwise");
    }
    return Optional.empty();
  }

  private static Set<DeviceKind> kinds(RunHead head) {
    return head.devices().stream().map(DeviceKind::of).collect(Collectors.toSet());
  }

  private static Set<Emulation> emulations(RunHead head) {
    return head.devices().stream().map(AgentInfo::emulation).collect(Collectors.toSet());
  }
}
