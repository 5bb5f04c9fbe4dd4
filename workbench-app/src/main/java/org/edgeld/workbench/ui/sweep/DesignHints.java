package org.edgeld.workbench.ui.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.SweepSpec;

/** What a researcher should know of a specification that is right but may disappoint. */
final class DesignHints {
  private DesignHints() {}

  /** Returns sentences; empty if there is nothing to say. */
  static String of(Design design) {
    return design
        .spec()
        .map(spec -> String.join("\n", of(spec, Runtime.getRuntime().availableProcessors())))
        .orElse("");
  }

  /**
   * @param cores of this computer
   */
  static List<String> of(SweepSpec spec, int cores) {
    List<String> hints = new ArrayList<>();
    Optional<Boards> greediest =
        spec.boards().stream()
            .max(Comparator.comparingDouble(boards -> cores(boards, spec.mostDevices())));
    double wanted = greediest.map(boards -> cores(boards, spec.mostDevices())).orElse(0.0);
    if (spec.agents().isEmpty() && wanted > cores) {
      hints.add(
          String.format(
              Locale.ROOT,
              "%d devices of share %s want %.1f cores, but this computer has %d: they will disturb"
                  + " each other. Maybe use a smaller share.",
              spec.mostDevices(),
              greediest.orElseThrow().cpuShares(),
              wanted,
              cores));
    }
    if (spec.procedure().rounds() < SweepSummary.ROUNDS_TO_PUBLISH) {
      hints.add(
          "Intervals will not tell how trials differ. Maybe take at least %d rounds for figures to publish."
              .formatted(SweepSummary.ROUNDS_TO_PUBLISH));
    }
    return hints;
  }

  private static double cores(Boards boards, int devices) {
    return IntStream.range(0, devices).mapToDouble(boards.cpuShares()::of).sum();
  }
}
