package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.paper.SweepPages;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class ReproductionTest extends PaperPages {
  @Test
  void aReproductionIsKnownByWhatItMeasures() {
    for (boolean quick : new boolean[] {true, false}) {
      for (List<String> agents : List.of(List.<String>of(), List.of("a:1", "b:1"))) {
        SweepSpec spec = Reproduction.of(quick, agents).spec();
        assertThat(Reproduction.of(spec).map(Reproduction::spec)).contains(spec);
      }
    }
    SweepSpec paper = QUICK.spec();
    for (List<String> agents : List.of(List.<String>of(), List.of("a:1"))) {
      assertThat(
              Reproduction.of(
                  new SweepSpec("Mine", agents, paper.grids(), true, paper.procedure())))
          .isEmpty();
    }
  }

  /** Returns what an earlier version measured: one round, without mixed links and Fig. 4's grid. */
  private static SweepSpec earlier(double share) {
    SweepSpec now = QUICK.spec();
    List<SweepSpec.Grid> grids =
        now.grids().stream()
            .filter(grid -> grid.boards().get(0).linkMbps().same())
            .map(
                grid ->
                    new SweepSpec.Grid(
                        grid.networks(),
                        grid.devices(),
                        grid.boards().stream()
                            .map(b -> new Boards(share, b.linkMbps().of(0), 0))
                            .toList(),
                        grid.methods(),
                        grid.batches()))
            .toList();
    SweepSpec.Procedure p = now.procedure();
    return new SweepSpec(
        now.name(),
        List.of(),
        grids,
        true,
        new SweepSpec.Procedure(p.warmup(), p.repeats(), 1, p.seed(), 0, 900));
  }

  @Test
  void theFolderOfAnEarlierPresetKeepsItsPage() throws Exception {
    SweepSpec spec = earlier(0.25);
    Reproduction old = Reproduction.of(spec).orElseThrow();
    assertThat(old.isCurrent()).isFalse();
    assertThat(old.spec()).isEqualTo(spec);
    assertThat(page(old, PaperPages::asInThePaper))
        .contains(
            "An earlier version began this folder",
            "Mixed links were not measured.",
            "<h3>OCBP is not worse than BODP: holds</h3>",
            "<h3>The speedup grows with the bandwidth: holds</h3>");
    assertThat(points("paper-fig-5"))
        .filteredOn(point -> point.get("series").equals("OCBP, ours"))
        .extracting(point -> point.get("label"))
        .containsExactly("50", "100", "1000");
    assertThat(Reproduction.unknown(new SweepFolder(path), spec)).isEmpty();
  }

  @Test
  void ofAPresetThatIsNotKnownThePageStaysAndTheReasonIsSaid() throws Exception {
    SweepSpec spec = earlier(0.3);
    SweepFolder folder = new SweepFolder(path);
    assertThat(Reproduction.of(spec)).isEmpty();
    assertThat(Reproduction.unknown(folder, spec).orElseThrow())
        .contains("paper.html is not rendered", "does not know the preset")
        .doesNotContain("stays");
    Files.writeString(Reproduction.page(folder), "as it was");
    SweepSummary summary = SweepSummary.of(spec, List.of());
    assertThat(SweepPages.write(folder, summary, SweepRecordings.of(folder))).isEmpty();
    assertThat(Reproduction.page(folder)).hasContent("as it was");
    assertThat(Reproduction.unknown(folder, spec).orElseThrow())
        .endsWith("; it stays as it was written.");
  }

  @Test
  void allPagesOfAReproductionAreWrittenTogether() throws Exception {
    SweepFolder folder = new SweepFolder(path);
    SweepSummary nothing = SweepSummary.of(QUICK.spec(), List.of());
    assertThat(SweepPages.write(folder, nothing, SweepRecordings.of(folder)))
        .contains(Reproduction.page(folder));
    assertThat(path.resolve("report.html")).exists();
    assertThat(path.resolve("dictionary.csv")).content().contains("paper.csv", "figures.csv");
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
    assertThatThrownBy(() -> Reproduction.of(quick, List.of("a:1", "b:1", "a:1")))
        .hasMessageContaining("The agent a:1 is named twice. Maybe");
    assertThatThrownBy(() -> Reproduction.of(quick, List.of("a:1", "b")))
        .hasMessageContaining("\"b\" is not an agent's address. Maybe");
  }
}
