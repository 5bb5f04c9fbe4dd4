package org.edgeld.workbench.experiment.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.results.WholeFile;

/** The paper's measurements: what to measure, and the page that sets its values beside ours. */
public final class Reproduction {
  private static final String FIGURES = "paper.csv";

  private final PaperSetup setup;
  private final SweepSpec spec;

  private Reproduction(PaperSetup setup, SweepSpec spec) {
    this.setup = setup;
    this.spec = spec;
  }

  /**
   * Returns the measurements to make.
   *
   * @param quick what takes about ten minutes on two cores, in place of everything
   * @param agents addresses of boards, the leader first; empty for emulated agents here
   * @throws IllegalArgumentException if there are not enough agents, one is named twice or what is
   *     named is no address
   */
  public static Reproduction of(boolean quick, List<String> agents) {
    PaperSetup.requireEnough(agents);
    PaperSetup setup = quick ? PaperSetup.quick(agents) : PaperSetup.full(agents);
    return new Reproduction(setup, setup.spec());
  }

  /**
   * Returns the reproduction that a sweep is, known by what it measures; empty for any other. One
   * that an earlier version began may lack cells.
   */
  public static Optional<Reproduction> of(SweepSpec spec) {
    if (!PaperSetup.enough(spec.agents())) {
      return Optional.empty();
    }
    return PaperSetup.known(spec.agents()).stream()
        .filter(setup -> setup.isThatOf(spec))
        .findFirst()
        .map(setup -> new Reproduction(setup, spec));
  }

  /**
   * Says why a folder's page of the paper is not rendered though it has one, or should have: the
   * sweep is called like the paper's, but this version does not know what it measured.
   */
  public static Optional<String> unknown(SweepFolder folder, SweepSpec spec) {
    boolean called =
        PaperSetup.known(List.of()).stream().anyMatch(s -> s.name().equals(spec.name()));
    if (of(spec).isPresent() || !(called || Files.exists(page(folder)))) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is not rendered, for this version does not know the preset that the folder was begun with%s."
            .formatted(
                page(folder), Files.exists(page(folder)) ? "; it stays as it was written" : ""));
  }

  /** Tells whether it is a preset of this version, which {@code reproduce} goes on with. */
  public boolean isCurrent() {
    return setup.spec().equals(spec);
  }

  /** Tells whether it is the quick preset. */
  public boolean isQuick() {
    return setup.quick();
  }

  /** Returns the sweep. */
  public SweepSpec spec() {
    return spec;
  }

  /** Returns where the page of a reproduction is. */
  public static Path page(SweepFolder folder) {
    return folder.path().resolve("paper.html");
  }

  /**
   * Writes {@code paper.html} into the sweep's folder, its figures beside those of the sweep and
   * their points into {@code paper.csv}.
   *
   * @return the page
   */
  public Path write(SweepFolder folder, SweepSummary summary) throws IOException {
    Path file = page(folder);
    PaperReport report = new PaperReport(setup, summary, SweepRecordings.of(folder));
    String page = report.page(PaperFit.of(folder, setup));
    WholeFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
    SweepReport.writeFigures(folder, FIGURES, report.figures());
    SweepReport.writeDictionary(folder, List.of(FIGURES));
    return file;
  }
}
