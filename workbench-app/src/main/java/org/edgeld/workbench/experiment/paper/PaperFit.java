package org.edgeld.workbench.experiment.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.ConvolutionTimes;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.profile.Regression;

/**
 * Our counterpart of the paper's Fig. 4.
 *
 * @param fit line and points
 * @param grid which convolutions the points are, in a sentence
 */
record PaperFit(Regression fit, String grid) {
  /**
   * Returns what a folder has: the paper's grid, or of a folder of an earlier version the few
   * convolutions of a profile; empty if it has neither.
   */
  static Optional<PaperFit> of(SweepFolder folder, PaperSetup setup) throws IOException {
    Optional<ConvolutionTimes> timed = ConvolutionTimes.read(folder);
    return timed.isPresent()
        ? timed.map(PaperFit::of)
        : ofProfiles(folder, "*-%s-%d.json".formatted(PaperValues.VGG16, setup.sizes().standard()));
  }

  private static PaperFit of(ConvolutionTimes timed) {
    ConvolutionGrid paper = ConvolutionGrid.paper(timed.grid().seconds());
    int all = timed.grid().points().size();
    int ours = timed.times().size();
    long most = timed.times().stream().mapToLong(time -> time.point().flops()).max().orElseThrow();
    String grid =
        String.format(
            Locale.ROOT,
            "Ours are %d of the %d convolutions of %s (3×3, maps of %s pixels, %s channels in and"
                + " out), timed on %s",
            ours,
            all,
            timed.grid().equals(paper) ? "the paper's grid" : "a grid",
            joined(timed.grid().sizes()),
            joined(timed.grid().channels()),
            timed.device());
    return new PaperFit(
        timed.fit(),
        grid
            + (ours == all
                ? "."
                : String.format(
                    Locale.ROOT,
                    ": those of at most %.3g GFLOP, as many as %d s and its memory allow.",
                    most / 1e9,
                    timed.grid().seconds())));
  }

  private static String joined(List<Integer> values) {
    return String.join(", ", values.stream().map(Object::toString).toList());
  }

  /** The fit of the first device of the first profile that can be read. */
  private static Optional<PaperFit> ofProfiles(SweepFolder folder, String pattern)
      throws IOException {
    if (!Files.isDirectory(folder.profiles())) {
      return Optional.empty();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.profiles(), pattern)) {
      found.forEach(files::add);
    }
    for (Path file : files.stream().sorted().toList()) {
      try {
        JsonNode fit = JsonTree.read(file).path("devices").path(0).path("regression");
        List<Regression.Point> points = new ArrayList<>();
        fit.path("points")
            .forEach(
                p ->
                    points.add(
                        new Regression.Point(
                            p.path("flops").asLong(), p.path("seconds").asDouble())));
        return Optional.of(
            new PaperFit(
                new Regression(
                    fit.path("secondsPerFlop").asDouble(),
                    fit.path("overheadSeconds").asDouble(),
                    points),
                "Ours are the %d convolutions (3×3, as many channels in as out) that a profile times, a small part of the paper's grid."
                    .formatted(points.size())));
      } catch (JsonDefectException e) {
        continue; // another profile says it as well
      }
    }
    return Optional.empty();
  }
}
