package org.edgeld.workbench.run;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.Precision;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentSessions;

/** What may distort a run's figures, in plain sentences. */
final class RunWarnings {
  private static final double NOTABLE_OVERCOMMITMENT = 0.02;

  private final RunRequest request;
  private final AgentSessions sessions;

  RunWarnings(RunRequest request, AgentSessions sessions) {
    this.request = request;
    this.sessions = sessions;
  }

  /** Agents on this computer share its cores; what they ask for together must fit. */
  Optional<String> tooManyShares() {
    double shares = 0;
    int here = 0;
    for (int i = 0; i < request.agents().size(); i++) {
      if (request.agents().get(i).address().isLoopback()) {
        AgentInfo info = sessions.connections().get(i).info();
        shares += info.emulation().cpuShare() * info.threads();
        here++;
      }
    }
    int cores = Runtime.getRuntime().availableProcessors();
    if (shares <= cores) {
      return Optional.empty();
    }
    return Optional.of(
        "%d agents on this computer ask for %.1f cores of %d, so they slow each other down. Maybe use --cpu-share %.2f or less."
            .formatted(here, shares, cores, Math.floor(100.0 * cores / here) / 100));
  }

  /** Emulated devices that did not get their share make figures too slow. */
  Optional<String> overcommitment(List<RunResult.FrameSample> samples) {
    int frames = request.batch().frames();
    // a frame of many in flight waits for others, but computes as long as if it were alone
    long notable =
        samples.stream()
            .filter(
                sample ->
                    sample.overcommittedMillis()
                        > NOTABLE_OVERCOMMITMENT * sample.batchMillis() / frames)
            .count();
    if (notable == 0) {
      return Optional.empty();
    }
    return Optional.of(
        ("In %d of %d frames this computer was too busy to keep an emulated CPU share. "
                + "Maybe use a smaller --cpu-share or fewer agents.")
            .formatted(notable, samples.size()));
  }

  /** Whoever is served better by the head alone shall know. */
  Optional<String> aloneIsFaster(BatchTimes times) {
    return times
        .local()
        .filter(local -> local.high() < times.plan().low())
        .map(
            local ->
                "Do not distribute: %s alone takes %.4g ms%s, this plan %.4g ms. Maybe another strategy or faster links help."
                    .formatted(
                        head().info().name(),
                        local.median(),
                        times.batch().frames() > 1 ? " for a batch" : "",
                        times.plan().median()));
  }

  private AgentConnection head() {
    return sessions.connections().get(request.planned().plan().head().index());
  }

  /** Who trusts the check shall know what it would not notice. */
  static Optional<String> sameOutputs(OutputCheck check) {
    return check.tellsInputsApart()
        ? Optional.empty()
        : Optional.of(
            "Different inputs of the batch give the same output, so mixed-up frames would not be"
                + " noticed. Maybe use another input.");
  }

  /** An output that rounding does not explain makes all figures worthless. */
  static Optional<String> wrongOutput(
      String configuration, Precision precision, double maxAbsError, OutputCheck check) {
    // nothing travels where the undivided network runs on the head
    boolean rounded = !precision.exact() && !configuration.equals(Configurations.LOCAL);
    if (rounded ? check.explains(maxAbsError, precision) : check.explains(maxAbsError)) {
      return Optional.empty();
    }
    if (rounded) {
      return Optional.of(
          "Slices that travel as %s leave no numbers in the output. Maybe values exceed what it holds: use float32."
              .formatted(precision.id()));
    }
    String whose =
        configuration.equals(Configurations.PLAN)
            ? "The output"
            : "The output of the baseline \"%s\"".formatted(configuration);
    return Optional.of(
        "%s differs from the undivided network's by %.3g at a scale of %.3g. Maybe a device computes wrongly: do not use these figures."
            .formatted(whose, maxAbsError, check.scale()));
  }
}
