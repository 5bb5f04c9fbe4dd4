package org.edgeld.workbench.experiment.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.results.WholeFile;

/** The paper's measurements: what to measure, and the page that sets its values beside ours. */
public final class Reproduction {
  private static final String FIGURES = "paper.csv";

  private final PaperSetup setup;

  private Reproduction(PaperSetup setup) {
    this.setup = setup;
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
    return unchecked(quick, agents);
  }

  private static Reproduction unchecked(boolean quick, List<String> agents) {
    return new Reproduction(quick ? PaperSetup.quick(agents) : PaperSetup.full(agents));
  }

  /** Returns the reproduction that a sweep is, known by what it measures; empty for any other. */
  public static Optional<Reproduction> of(SweepSpec spec) {
    if (!PaperSetup.enough(spec.agents())) {
      return Optional.empty();
    }
    return Stream.of(true, false)
        .map(quick -> unchecked(quick, spec.agents()))
        .filter(reproduction -> reproduction.spec().equals(spec))
        .findFirst();
  }

  /** Returns the sweep. */
  public SweepSpec spec() {
    return setup.spec();
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
    String page = report.page(fit(folder));
    WholeFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
    SweepReport.writeFigures(folder, FIGURES, report.figures());
    SweepReport.writeDictionary(folder, List.of(FIGURES));
    return file;
  }

  /** The fit of the first device of the first recorded profile of VGG16 at the standard size. */
  private Optional<Regression> fit(SweepFolder folder) throws IOException {
    if (!Files.isDirectory(folder.profiles())) {
      return Optional.empty();
    }
    List<Path> files = new ArrayList<>();
    String pattern = "*-%s-%d.json".formatted(PaperValues.VGG16, setup.sizes().standard());
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.profiles(), pattern)) {
      found.forEach(files::add);
    }
    for (Path file : files.stream().sorted().toList()) {
      try {
        ObjectNode profile = JsonTree.read(file);
        JsonNode fit = profile.path("devices").path(0).path("regression");
        List<Regression.Point> points = new ArrayList<>();
        fit.path("points")
            .forEach(
                p ->
                    points.add(
                        new Regression.Point(
                            p.path("flops").asLong(), p.path("seconds").asDouble())));
        return Optional.of(
            new Regression(
                fit.path("secondsPerFlop").asDouble(),
                fit.path("overheadSeconds").asDouble(),
                points));
      } catch (JsonDefectException e) {
        continue; // another profile says it as well
      }
    }
    return Optional.empty();
  }
}
