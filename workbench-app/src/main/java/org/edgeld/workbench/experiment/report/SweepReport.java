package org.edgeld.workbench.experiment.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.results.WholeFile;

/** Renders what a sweep's folder holds; renders the same again at any time, without running. */
public final class SweepReport {
  private SweepReport() {}

  /**
   * Reads a folder.
   *
   * @throws SweepFolderException if it holds no sweep, or one that is damaged
   */
  public static SweepSummary read(SweepFolder folder, SpecReader reader)
      throws SweepFolderException {
    try {
      SweepSpec spec = folder.readSpec(reader);
      return SweepSummary.of(spec, folder.readTrials(spec));
    } catch (JsonDefectException e) {
      throw new SweepFolderException(e.getMessage(), e);
    }
  }

  /**
   * Writes tables and report into the folder, each file as a whole.
   *
   * @return the files
   */
  public static List<Path> write(SweepFolder folder, SweepSummary summary) throws IOException {
    Path trials = text(folder, "trials.csv", TrialsTable.TABLE.csv(summary.records()));
    Path samples =
        text(folder, "samples.csv", SamplesTable.TABLE.csv(SamplesTable.frames(summary.records())));
    Path configurations =
        text(folder, "configurations.csv", ConfigurationsTable.TABLE.csv(summary.configurations()));
    Path dictionary = text(folder, "dictionary.csv", Dictionary.csv());
    Path latex = text(folder, "table.tex", LatexTable.of(summary));
    return List.of(trials, samples, configurations, dictionary, latex);
  }

  private static Path text(SweepFolder folder, String name, String content) throws IOException {
    Path file = folder.path().resolve(name);
    WholeFile.write(file, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    return file;
  }
}
