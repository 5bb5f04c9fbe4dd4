package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.ConfigurationSummary;
import org.edgeld.workbench.experiment.report.HtmlPage;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.run.Batch;

/** The paper's values beside ours as tables, in the paper's order. */
final class PaperTables {
  private static final String MISSING = "–";

  /** The references that flatter nobody; four followers and the leader are five machines. */
  private static final List<String> HONEST =
      List.of("(5 machines) over one remote", "(5 machines) over local");

  private final PaperSetup setup;
  private final PaperCells cells;

  PaperTables(PaperSetup setup, PaperCells cells) {
    this.setup = setup;
    this.cells = cells;
  }

  private static String shown(Interval i) {
    return Numbers.interval(i);
  }

  private String millis(Cell cell) {
    return cells
        .find(cell)
        .map(ConfigurationSummary::batchMillis)
        .map(PaperTables::shown)
        .orElse(MISSING);
  }

  /** Returns the honest speedups of a cell: over one remote device, and over the head alone. */
  private List<String> honest(Cell cell) {
    Optional<ConfigurationSummary> own = cells.find(cell);
    return List.of(
        shown(own.flatMap(ConfigurationSummary::speedupRemote)),
        shown(own.flatMap(ConfigurationSummary::speedupLocal)));
  }

  private static String shown(Optional<Interval> interval) {
    return interval.map(PaperTables::shown).orElse(MISSING);
  }

  void tableOne(StringBuilder html) {
    List<String> header = new ArrayList<>(List.of("Mbit/s", "scheme", ""));
    for (String model : PaperValues.MODELS) {
      for (int n = 1; n <= PaperCells.MOST; n++) {
        header.add("%s: %d FN".formatted(model, n));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    for (PaperLink link : PaperValues.TABLE1_LINKS) {
      for (NamedMethod method : List.of(PaperSetup.BODP, PaperSetup.OCBP)) {
        List<String> paper = new ArrayList<>(List.of(link.name(), method.label(), "paper (s)"));
        for (String model : PaperValues.MODELS) {
          for (int n = 1; n <= PaperCells.MOST; n++) {
            paper.add("" + PaperValues.table1Seconds(link, method.label(), model, n));
          }
        }
        rows.add(paper);
        if (setup.links().contains(link)) {
          rows.add(ours(link, "", "", method));
        }
      }
    }
    if (setup.links().contains(PaperLink.OWN)) {
      rows.add(ours(PaperLink.OWN, PaperLink.OWN.name(), "BODP", PaperSetup.BODP));
      rows.add(ours(PaperLink.OWN, PaperLink.OWN.name(), "OCBP", PaperSetup.OCBP));
    }
    HtmlPage.table(html, header, rows);
  }

  private List<String> ours(PaperLink link, String name, String scheme, NamedMethod method) {
    List<String> row = new ArrayList<>(List.of(name, scheme, "ours (ms)"));
    for (String model : PaperValues.MODELS) {
      for (int n = 1; n <= PaperCells.MOST; n++) {
        row.add(millis(cells.cell(model, link, n, method)));
      }
    }
    return row;
  }

  void bandwidth(StringBuilder html) {
    List<List<String>> rows = new ArrayList<>();
    for (PaperLink link : setup.fig5()) {
      List<String> row = new ArrayList<>(List.of(link.name()));
      for (NamedMethod method : List.of(PaperSetup.BODP, PaperSetup.OCBP)) {
        boolean known = PaperValues.FIG5_LINKS.contains(link);
        row.add(known ? "" + PaperValues.fig5(link, method.equals(PaperSetup.OCBP)) : MISSING);
        Cell one = cells.cell(PaperValues.VGG16, link, 1, method);
        row.add(shown(cells.speedup(one)));
        row.addAll(honest(one.followers(PaperCells.MOST)));
      }
      rows.add(row);
    }
    List<String> header = new ArrayList<>(List.of("Mbit/s"));
    for (String scheme : List.of("BODP", "OCBP")) {
      header.addAll(List.of(scheme + ", paper", scheme + ", ours"));
      HONEST.forEach(words -> header.add(scheme + ", ours " + words));
    }
    HtmlPage.table(html, header, rows);
  }

  void fusion(StringBuilder html) {
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      Cell fused = cells.cell(model, PaperCells.MOST, PaperSetup.OCBP);
      Optional<Interval> ratio = cells.ratio(fused.with(PaperSetup.LAYER_WISE), fused);
      rows.add(
          List.of(
              model,
              PaperValues.FIG6.get(model) + "×",
              shown(ratio),
              millis(fused.with(PaperSetup.LAYER_WISE)),
              millis(fused),
              ratio.map(r -> cells.verdict(r).words()).orElse(MISSING)));
    }
    HtmlPage.table(
        html, List.of("", "paper", "ours", "layer by layer (ms)", "fused (ms)", "fusion is"), rows);
  }

  void sizes(StringBuilder html) {
    List<List<String>> rows = new ArrayList<>();
    int[] paper = {PaperSetup.PAPER_SMALL, PaperSetup.PAPER_SIZE, PaperSetup.PAPER_LARGE};
    for (String model : PaperValues.MODELS) {
      for (int i = 0; i < paper.length; i++) {
        Cell one = cells.sized(model, i, 1);
        Cell four = one.followers(PaperCells.MOST);
        rows.add(
            List.of(
                model,
                paper[i] + " → " + setup.sizes().of(i),
                millis(one),
                millis(four),
                shown(cells.speedup(one)),
                honest(four).get(0),
                honest(four).get(1),
                cells.fit(one).map(Object::toString).orElse(MISSING),
                cells.fit(four).map(Object::toString).orElse(MISSING)));
      }
    }
    HtmlPage.table(
        html,
        List.of(
            "",
            "input, paper → ours",
            "1 FN (ms)",
            "4 FN (ms)",
            "4 FN over 1 FN",
            "4 FN " + HONEST.get(0),
            "4 FN " + HONEST.get(1),
            "1 FN in the paper's memory",
            "4 FN in the paper's memory"),
        rows);
  }

  void frames(StringBuilder html) {
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      List<Double> ends = PaperValues.FIG9_10.get(model);
      for (Batch batch : PaperSetup.BATCHES) {
        Cell one = cells.batch(model, batch, 1);
        boolean first = batch.frames() == 1;
        boolean last = batch.frames() == PaperSetup.BATCHES.size();
        rows.add(
            List.of(
                model,
                "" + batch.frames(),
                first ? ends.get(0) + "×" : last ? ends.get(1) + "×" : MISSING,
                shown(cells.speedup(one)),
                honest(one.followers(PaperCells.MOST)).get(0),
                honest(one.followers(PaperCells.MOST)).get(1),
                millis(one),
                millis(one.followers(PaperCells.MOST))));
      }
    }
    HtmlPage.table(
        html,
        List.of(
            "",
            "frames",
            "paper",
            "ours, 4 FN over 1 FN",
            "ours, 4 FN " + HONEST.get(0),
            "ours, 4 FN " + HONEST.get(1),
            "batch, 1 FN (ms)",
            "batch, 4 FN (ms)"),
        rows);
  }

  void followers(StringBuilder html) {
    List<List<String>> rows = new ArrayList<>();
    for (String model : PaperValues.MODELS) {
      for (int n = 2; n <= PaperCells.MOST; n++) {
        double paper = PaperFigures.table1(model, 1) / PaperFigures.table1(model, n);
        rows.add(followers(model, PaperSetup.OCBP, n, paper));
      }
    }
    for (int n = 2; n <= PaperCells.MOST; n++) {
      double paper = PaperValues.FIG11_MODNN.get(n - 2);
      rows.add(followers(PaperValues.VGG16, PaperSetup.MODNN, n, paper));
    }
    HtmlPage.table(
        html,
        List.of(
            "",
            "scheme",
            "FN",
            "machines",
            "paper (OCBP: Table I)",
            "ours over one FN",
            "ours over one remote",
            "ours over local"),
        rows);
  }

  private List<String> followers(String model, NamedMethod method, int n, double paper) {
    Cell one = cells.cell(model, 1, method);
    Optional<ConfigurationSummary> own = cells.find(one.followers(n));
    return List.of(
        model,
        method.label(),
        "" + n,
        "" + (n + 1),
        String.format(Locale.ROOT, "%.2f", paper),
        shown(cells.ratio(one, one.followers(n))),
        shown(own.flatMap(ConfigurationSummary::speedupRemote)),
        shown(own.flatMap(ConfigurationSummary::speedupLocal)));
  }
}
