package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the paper's page says of links of different rates. */
@Tag("core")
class MixedLinksTest {
  private static final Reproduction QUICK = Reproduction.of(true, List.of());

  @TempDir Path path;

  /** Returns the page of a reproduction in which nothing was measured on some boards. */
  private String pageWithout(Boards boards) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(QUICK.spec())) {
      Configuration c = trial.configuration();
      TrialRecord.Outcome outcome =
          c.boards().equals(boards)
              ? new TrialRecord.Failed("local-1 is on fire.")
              : Specs.measured(random, c.devices(), 10);
      records.add(new TrialRecord(trial, Instant.EPOCH, 1, 0, outcome));
    }
    return Files.readString(
        QUICK.write(new SweepFolder(path), SweepSummary.of(QUICK.spec(), records)));
  }

  @Test
  void mixedLinksAreMissedOnlyIfTheyThemselvesWereNotMeasured() throws Exception {
    List<Boards> rates =
        QUICK.spec().boards().stream()
            .filter(b -> b.memoryMegabytes() == 0)
            .sorted((a, b) -> Double.compare(a.linkMbps().of(4), b.linkMbps().of(4)))
            .toList();
    Boards mixed = rates.stream().filter(b -> !b.linkMbps().same()).findFirst().orElseThrow();
    assertThat(pageWithout(mixed)).contains("Mixed links were not measured.");
    Boards slow = rates.get(1);
    assertThat(slow.linkMbps().same()).isTrue();
    assertThat(pageWithout(slow))
        .doesNotContain("Mixed links were not measured.")
        .contains("Mixed links beside those of one rate: OCBP reaches ", "Not all of these links");
  }
}
