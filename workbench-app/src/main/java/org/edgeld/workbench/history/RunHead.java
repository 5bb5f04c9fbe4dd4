package org.edgeld.workbench.history;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunDetails;

/**
 * What lists and comparisons need of a run.
 *
 * @param started when it began
 * @param model the network
 * @param method how it was asked to be divided
 * @param details how it was measured
 * @param devices device 0, 1, … as they were, without ports
 * @param head who held input and output
 * @param times what was measured
 * @param digests what ran and what came out
 * @param rerunOf number of the run that it repeated; empty if it repeated none
 */
public record RunHead(
    Instant started,
    ModelIdentity model,
    Method method,
    RunDetails details,
    List<AgentInfo> devices,
    DeviceId head,
    Times times,
    RunDigests digests,
    OptionalInt rerunOf) {
  public RunHead {
    devices = devices.stream().map(RunHead::withoutAddress).toList();
  }

  /** Where an agent was reached says nothing of it. */
  private static AgentInfo withoutAddress(AgentInfo info) {
    return new AgentInfo(
        info.agentId(),
        info.name(),
        info.version(),
        0,
        0,
        0,
        info.processor(),
        info.architecture(),
        info.kernel(),
        info.governor(),
        info.cores(),
        info.threads(),
        info.memoryBytes(),
        info.engine(),
        info.emulation(),
        false);
  }

  /**
   * Digests of what ran and what came out.
   *
   * @param programs of the compiled plan
   * @param outputs of the plan's outputs, bit for bit
   */
  public record RunDigests(String programs, String outputs) {}

  /** Returns what lists need of a run that is not kept yet. */
  public static RunHead of(KeptRun run) {
    ReportedRun report = run.report();
    return new RunHead(
        report.result().started(),
        ModelIdentity.of(report.result().model(), report.graph(), run.modelFile()),
        report.request().method(),
        report.details(),
        report.result().devices(),
        report.request().head(),
        Times.of(report.result()),
        new RunDigests(Digests.of(report.result().planned().programs()), Digests.of(run.outputs())),
        run.rerunOf());
  }

  /** Returns how it was divided, in few words: {@code ocbp · pools · peer}. */
  public String methodWords() {
    return MethodWords.brief(details.scheme(), method);
  }

  /** Tells whether any device was emulated. */
  public boolean emulated() {
    return devices.stream().anyMatch(device -> device.emulation().active());
  }

  /** Returns on what it ran: {@code VGG16 224 · 4 devices}. */
  public String setting() {
    return model.title()
        + " "
        + model.size()
        + " · "
        + devices.size()
        + (devices.size() == 1 ? " device" : " devices")
        + (method.headRole() == HeadRole.LEADER ? " · leader" : "");
  }
}
