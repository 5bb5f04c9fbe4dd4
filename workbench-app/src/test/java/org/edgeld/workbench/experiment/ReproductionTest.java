package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
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
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class ReproductionTest {
  private static final Reproduction QUICK = Reproduction.of(true, List.of());

  @TempDir Path path;

  /** Returns the page of a reproduction whose latencies are made up. */
  private String page(ToDoubleFunction<Configuration> millis) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    List<TrialRecord> records = new ArrayList<>();
    for (Trial trial : Schedule.trials(QUICK.spec())) {
      Configuration c = trial.configuration();
      records.add(
          new TrialRecord(
              trial,
              Instant.EPOCH,
              1,
              0,
              Specs.measured(random, c.devices(), millis.applyAsDouble(c))));
    }
    return Files.readString(
        QUICK.write(new SweepFolder(path), SweepSummary.of(QUICK.spec(), records)));
  }

  private static double asInThePaper(Configuration c) {
    double scheme = c.method().label().equals("BODP") ? 1.15 : 1;
    double fusion = c.method().label().contains("layer") ? 1.12 : 1;
    return scheme * fusion * 1000.0 * c.batch().frames() / (c.devices() - 1);
  }

  @Test
  void aResultLikeThePapersIsSaidToBeSo() throws Exception {
    String page = page(ReproductionTest::asInThePaper);
    assertThat(page)
        .contains(
            "OCBP is faster beyond noise in 12 of 12 cells, slower in 0 and within noise in 0")
        .contains("vgg16: every further follower makes it faster beyond noise, as in the paper")
        .contains("vgg16: fused blocks are faster");
  }

  @Test
  void whatDiffersFromThePaperIsSaidWithFigures() throws Exception {
    String page =
        page(
            c -> {
              double wrong = c.method().label().equals("OCBP") ? 1.4 : 1;
              return wrong * asInThePaper(c) * (c.devices() == 5 ? 4.0 / 3 : 1);
            });
    assertThat(page)
        .contains("OCBP is faster beyond noise in 0 of 12 cells, slower in 12")
        .contains("vgg16: it does not get faster beyond noise from 3 to 4 FN (within noise)")
        .contains("vgg16: fused blocks are slower");
  }

  @Test
  void everyTableAndFigureOfThePaperIsThereWithItsValues() throws Exception {
    String page = page(ReproductionTest::asInThePaper);
    for (String title :
        List.of(
            "Fig. 4:",
            "Table I:",
            "Fig. 5:",
            "Fig. 6:",
            "Fig. 7 and 8:",
            "Fig. 9 and 10:",
            "Fig. 11:")) {
      assertThat(page).contains("<h2>" + title);
    }
    assertThat(page)
        .contains("<td>22.29</td>", "<td>6.53</td>", "<td>6.24e-11</td>", "<td>3.68</td>")
        .contains("The paper's own a and b give 2.2 s for VGG16")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void nothingMeasuredIsSaidToo() throws Exception {
    Path file = QUICK.write(new SweepFolder(path), SweepSummary.of(QUICK.spec(), List.of()));
    assertThat(file).content().contains("0 of 35 trials", "OCBP and BODP were not measured.");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theSpecificationIsSoundAndReadAgainEqual(boolean quick) throws Exception {
    for (List<String> agents :
        List.of(List.<String>of(), List.of("a:1", "b:1", "c:1", "d:1", "e:1"))) {
      SweepSpec spec = Reproduction.of(quick, agents).spec();
      Path file = path.resolve("spec.json");
      Files.writeString(file, SpecJson.of(spec).toString());
      assertThat(Specs.reader(path).read(file)).isEqualTo(spec);
    }
    assertThatThrownBy(() -> Reproduction.of(quick, List.of("a:1")))
        .hasMessageContaining("needs a leader and a follower");
  }
}
