package org.edgeld.workbench.experiment.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.FigureFile;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.SweepFolderException;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.results.WholeFile;

/** Renders what a sweep's folder holds; renders the same again at any time, without running. */
public final class SweepReport {
  private static final String PAGE = "report.html";
  private static final String FIGURES = "figures.csv";

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

  /** Returns where the page with everything on it is. */
  public static Path page(SweepFolder folder) {
    return folder.path().resolve(PAGE);
  }

  /**
   * Writes tables and report into the folder, each file as a whole. Figures that need a network are
   * left out.
   *
   * @return the files
   */
  public static List<Path> write(SweepFolder folder, SweepSummary summary) throws IOException {
    return write(folder, summary, SweepRecordings.of(folder));
  }

  /**
   * Writes tables and report into the folder, each file as a whole.
   *
   * @param recordings what the folder holds beside the trials
   * @return the files
   */
  public static List<Path> write(
      SweepFolder folder, SweepSummary summary, SweepRecordings recordings) throws IOException {
    SweepFigures figures = SweepFigures.of(summary, recordings);
    List<Path> files = new ArrayList<>();
    files.add(text(folder, "trials.csv", TrialsTable.TABLE.csv(summary.records())));
    files.add(
        text(
            folder, "samples.csv", SamplesTable.TABLE.csv(SamplesTable.frames(summary.records()))));
    files.add(
        text(
            folder, "configurations.csv", ConfigurationsTable.TABLE.csv(summary.configurations())));
    files.add(
        text(
            folder,
            "devices.csv",
            DevicesTable.TABLE.csv(DevicesTable.rows(summary.records(), recordings))));
    files.add(text(folder, "dictionary.csv", Dictionary.csv(List.of(FIGURES))));
    files.add(text(folder, "table.tex", LatexTable.of(summary)));
    files.add(
        text(folder, PAGE, HtmlReport.of(summary, SweepOrigin.of(folder).environment(), figures)));
    files.addAll(writeFigures(folder, FIGURES, figures.figures()));
    return files;
  }

  /**
   * Writes figures as PNG, SVG and PDF into the folder, and their points as a table.
   *
   * @param table name of the table's file
   * @return the files
   */
  public static List<Path> writeFigures(SweepFolder folder, String table, List<Figure> figures)
      throws IOException {
    List<Path> files = new ArrayList<>();
    files.add(text(folder, table, FiguresTable.csv(figures)));
    Path charts = Files.createDirectories(folder.figures());
    for (Figure figure : figures) {
      files.add(bytes(charts.resolve(figure.id() + ".png"), FigureFile.png(figure)));
      files.add(bytes(charts.resolve(figure.id() + ".pdf"), FigureFile.pdf(figure)));
      byte[] svg = FigureFile.svg(figure).getBytes(StandardCharsets.UTF_8);
      files.add(bytes(charts.resolve(figure.id() + ".svg"), svg));
    }
    return files;
  }

  /**
   * Writes the dictionary anew, with tables of figures beside the sweep's own.
   *
   * @param tables names of their files
   */
  public static void writeDictionary(SweepFolder folder, List<String> tables) throws IOException {
    List<String> all = new ArrayList<>(List.of(FIGURES));
    all.addAll(tables);
    text(folder, "dictionary.csv", Dictionary.csv(all));
  }

  private static Path bytes(Path file, byte[] content) throws IOException {
    WholeFile.write(file, out -> out.write(content));
    return file;
  }

  private static Path text(SweepFolder folder, String name, String content) throws IOException {
    return bytes(folder.path().resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}
