package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSweepTest {
  @TempDir Path home;

  private SweepSpec stored(SweepFolder folder) throws Exception {
    SweepTools tools = new UiFixture(List.of()).sweepTools(home);
    return folder.readSpec(tools.reader(tools.networks()));
  }

  @Test
  void aFolderOfThePaperIsKnownByWhatItMeasuresAndHasThePaperAsItsPage() throws Exception {
    SweepFolder folder = new SweepFolder(home.resolve("paper"));
    folder.create(Reproduction.of(true, List.of()).spec());
    OpenSweep open = OpenSweep.of(folder, stored(folder));
    assertThat(open.reproduction()).isPresent();
    assertThat(open.page()).as("before it is written").isEmpty();
    Path report = Files.createFile(folder.path().resolve("report.html"));
    assertThat(open.page()).as("the paper's is missing").contains(report);
    Path paper = Files.createFile(folder.path().resolve("paper.html"));
    assertThat(open.page()).contains(paper);
  }

  @Test
  void thePaperGoesOnByItsOwnCommand() {
    SweepFolder folder = new SweepFolder(home.resolve("paper"));
    List<String> boards = List.of("pi1:7000", "pi2:7000", "pi3:7000", "pi4:7000", "pi5:7000");
    String out = " --out " + folder.path();
    assertThat(commandOfThePaper(folder, true, List.of()))
        .isEqualTo("workbench reproduce --quick" + out);
    assertThat(commandOfThePaper(folder, false, List.of())).isEqualTo("workbench reproduce" + out);
    assertThat(commandOfThePaper(folder, true, boards))
        .isEqualTo("workbench reproduce --quick --agents " + String.join(",", boards) + out);
  }

  @Test
  void aFolderWithBlanksIsQuotedInTheCommand() {
    SweepFolder folder = new SweepFolder(Path.of("my boards", "Ada's"));
    String quoted = "'" + Path.of("my boards", "Ada") + "'\\''s'";
    assertThat(commandOfThePaper(folder, true, List.of()))
        .isEqualTo("workbench reproduce --quick --out " + quoted);
    SweepSpec paper = Reproduction.of(true, List.of()).spec();
    SweepSpec mine =
        new SweepSpec("Mine", List.of(), paper.grids().subList(0, 1), true, paper.procedure());
    assertThat(OpenSweep.of(folder, mine).command())
        .isEqualTo("workbench sweep --resume " + quoted);
  }

  private static String commandOfThePaper(SweepFolder folder, boolean quick, List<String> agents) {
    return OpenSweep.of(folder, Reproduction.of(quick, agents).spec()).command();
  }

  @Test
  void anotherSweepHasTheReportAsItsPage() throws Exception {
    SweepFolder folder = new SweepFolder(home.resolve("mine"));
    SweepSpec paper = Reproduction.of(true, List.of()).spec();
    folder.create(
        new SweepSpec("Mine", List.of(), paper.grids().subList(0, 1), true, paper.procedure()));
    OpenSweep open = OpenSweep.of(folder, stored(folder));
    assertThat(open.reproduction()).isEmpty();
    Path report = Files.createFile(folder.path().resolve("report.html"));
    assertThat(open.page()).contains(report);
    assertThat(open.command()).isEqualTo("workbench sweep --resume " + folder.path());
  }
}
