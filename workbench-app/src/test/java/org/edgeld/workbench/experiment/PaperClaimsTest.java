package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says of the paper's claims. */
@Tag("core")
class PaperClaimsTest extends PaperPages {
  @Test
  void aSpeedupThatShrinksIsExplainedAtBothRates() throws Exception {
    String page =
        page(
            c ->
                asInThePaper(c)
                    * (c.boards().linkMbps().of(0) < 1000 && c.devices() == 5 ? 0.4 : 1));
    assertThat(page)
        .contains("<h3>The speedup grows with the bandwidth: does not hold</h3>")
        .containsPattern("vgg16, 1000 Mbit/s, 4 FN, OCBP takes .* vgg16, 1000 Mbit/s, 1 FN, OCBP")
        .containsPattern("vgg16, 50 Mbit/s, 4 FN, OCBP takes .* vgg16, 50 Mbit/s, 1 FN, OCBP");
  }

  @Test
  void aResultLikeThePapersIsSaidToBeSo() throws Exception {
    assertThat(page(PaperPages::asInThePaper))
        .contains(
            "<h3>OCBP is not worse than BODP: holds</h3>",
            "Of 20 cells OCBP is faster beyond noise in 14, within noise in 6 and slower in 0; in 6"
                + " both make the same plan.",
            "<h3>Fusing the layers between two pools helps: holds</h3>",
            "<h3>The speedup grows with every follower: holds</h3>",
            "6 of 6 further followers make a frame faster beyond noise, 0 slower.",
            "<h3>The speedup grows with the bandwidth: holds</h3>",
            "vgg16: every further follower makes it faster beyond noise, as in the paper",
            "vgg16: fused blocks are faster",
            "MoDNN reaches ",
            " with four followers, 2.03 in the paper, and takes ",
            "From OCBP to MoDNN a frame changes by ")
        .doesNotContain("The planner expected");
  }

  @Test
  void whereNoiseIsLargerThanThePapersEffectNothingWithinItIsClaimed() throws Exception {
    assertThat(page(QUICK, PaperPages::asInThePaper, 2.35))
        .containsPattern(
            "<h3>OCBP is not worse than BODP: cannot be told here \\(noise floor [0-9]{3}"
                + " %\\)</h3>")
        .containsPattern("The speedup grows with every follower: cannot be told here")
        .contains("is above the effect that the paper has", "is within noise says nothing")
        .doesNotContain(": holds</h3>");
  }

  @Test
  void aNoiseFloorJustAboveTheMedianGainOfTableOneLeavesOcbpOpen() throws Exception {
    ToDoubleFunction<Configuration> noGain =
        c -> asInThePaper(c) / (c.label().equals("BODP") && c.devices() > 2 ? 1.25 : 1);
    double noise = 1;
    // 8.8 % is the mean of the two gains in the middle, 9.9 % the upper one
    while (summary(QUICK, noGain, noise).noiseFloor().orElseThrow() < 0.092) {
      noise += 0.001;
    }
    assertThat(page(QUICK, noGain, noise))
        .containsPattern("noise floor 9\\.[2-6] %")
        .contains("<h3>OCBP is not worse than BODP: cannot be told here (noise floor 9 %)</h3>")
        .contains("is above the effect that the paper has (8.8 %)");
  }

  /** Returns how long a frame takes if OCBP takes longer than BODP where plans differ. */
  private static ToDoubleFunction<Configuration> slower(double factor) {
    return c -> {
      boolean differs = c.devices() > 2;
      double gain = c.label().equals("BODP") && differs ? 1.25 : 1;
      return asInThePaper(c) / gain * (c.label().equals("OCBP") && differs ? factor : 1);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "false, 1.00, holds, 6 both make the same plan. Where plans differ",
    "true, 1.011, cannot be told here, takes more than 2 % longer.",
    "false, 1.03, does not hold, so OCBP is slower on average."
  })
  void withinNoiseTheMeanOfDifferingPlansDecides(
      boolean boards, double factor, String verdict, String reason) throws Exception {
    Reproduction sweep =
        boards ? Reproduction.of(true, List.of("a:1", "b:1", "c:1", "d:1", "e:1")) : QUICK;
    double noise = 1;
    while (summary(sweep, slower(factor), noise).noiseFloor().orElseThrow() < 0.07) {
      noise += 0.001;
    }
    assertThat(page(sweep, slower(factor), noise))
        .contains(
            "<h3>OCBP is not worse than BODP: " + verdict + "</h3>",
            "cells OCBP is faster beyond noise in 0",
            "and slower in 0;",
            reason);
  }

  @Test
  void whatTakesLongerWithTheSamePlanDoesNotSpeakAgainstOcbp() throws Exception {
    assertThat(
            page(
                c ->
                    asInThePaper(c)
                        * (c.devices() == 2
                                && fast(c)
                                && c.label().equals("OCBP")
                                && c.network().model().equals("vgg16")
                            ? 1.25
                            : 1)))
        .contains(
            "<h3>OCBP is not worse than BODP: holds</h3>",
            "Of 20 cells OCBP is faster beyond noise in 14, within noise in 6 and slower in 0; in 6"
                + " both make the same plan.");
  }

  @Test
  void whySpeedupsDifferIsSaidWithWhatWasMeasured() throws Exception {
    // every made-up device computes 5 ms, sends 1 ms
    assertThat(page(PaperPages::asInThePaper))
        .containsPattern(
            "Why: at the slowest links a frame takes [0-9.]+ ms \\(leader computes 5, busiest"
                + " follower 5, transfers and waiting [0-9.]+, of that the leader sends 1\\)")
        .containsPattern(
            "with four followers, a frame changes by -[0-9.]+ ms: the leader's computing by \\+0.0,"
                + " the busiest follower's by \\+0.0, transfers and waiting by -[0-9.]+, so it is"
                + " mostly transfers and waiting.")
        .contains("vgg13: from 64 to 160 pixels", "Why: at 64 pixels a frame takes")
        .contains("In a batch of 5 a frame takes", "The paper's VGG13 reaches 5.4 in between");
  }

  @Test
  void whatDiffersFromThePaperIsSaidWithFigures() throws Exception {
    String page =
        page(
            c -> {
              double wrong = c.label().equals("OCBP") && c.devices() > 2 ? 1.6 : 1;
              return wrong * asInThePaper(c) * (c.devices() == 5 ? 4.0 / 3 : 1);
            });
    assertThat(page)
        .contains(
            "<h3>OCBP is not worse than BODP: does not hold</h3>",
            "slower in 14; in 6 both make the same plan",
            "Slower: vgg16, 50 Mbit/s, 4 FN, OCBP: 0.",
            "<h3>Fusing the layers between two pools helps: does not hold</h3>",
            "<h3>The speedup grows with every follower: within noise</h3>",
            "Of that the leader's computing is +0.0 ms and the busiest follower's +0.0 ms",
            " ms were measured, in the same direction.",
            "vgg16: it does not get faster beyond noise from 3 to 4 FN (within noise)",
            "vgg16: fused blocks are slower");
  }

  @Test
  void withoutANoiseFloorNothingIsClaimed() throws Exception {
    SweepSpec spec = QUICK.spec();
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(spec)) {
      Configuration c = trial.configuration();
      if (!trial.twin() && c.devices() > 2) {
        records.add(
            new TrialRecord(
                trial,
                Instant.EPOCH,
                1,
                0,
                Specs.withPlan(measured(random, c.devices(), asInThePaper(c)), c.label())));
      }
    }
    Path file = QUICK.write(new SweepFolder(path), SweepSummary.of(spec, records));
    assertThat(file)
        .content()
        .contains("noise floor not known", "noise floor unknown</h3>")
        .contains("within noise in 0 and slower in 0 (in 14 the noise floor is not known)")
        .contains("vgg16: whether fused blocks are faster cannot be said")
        .doesNotContain(": holds</h3>", "are noise floor unknown");
  }
}
