package org.edgeld.workbench.experiment.paper;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.Claim.Question;
import org.edgeld.workbench.experiment.paper.PaperCells.Cell;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.statistics.Interval;

/**
 * Two cells of which the paper says that one is faster.
 *
 * @param question which should be faster
 * @param ratio time of the other over that of the expected one, above 1 as the paper says
 * @param verdict of the expected one
 */
record CellPair(Question question, Interval ratio, Verdict verdict) {
  /** Returns a pair, if both were measured. */
  static Optional<CellPair> of(PaperCells cells, Cell expected, Cell other) {
    return cells
        .ratio(other, expected)
        .map(ratio -> new CellPair(new Question(expected, other), ratio, cells.verdict(ratio)));
  }

  private String words() {
    return "%s: %s".formatted(question.expected(), interval(ratio));
  }

  /** Returns a ratio in words. */
  static String interval(Interval ratio) {
    return ratio.known()
        ? String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", ratio.value(), ratio.low(), ratio.high())
        : String.format(Locale.ROOT, "%.3f [?]", ratio.value());
  }

  /** Returns those with a verdict. */
  static List<CellPair> with(List<CellPair> pairs, Verdict verdict) {
    return pairs.stream().filter(pair -> pair.verdict() == verdict).toList();
  }

  /** Returns a sentence that names all, or none if there are none. */
  static String listed(String title, List<CellPair> pairs) {
    return pairs.isEmpty()
        ? ""
        : title + String.join("; ", pairs.stream().map(CellPair::words).toList()) + ".";
  }

  /** Returns the questions they raise, the slowest first. */
  static List<Question> questions(List<CellPair> pairs) {
    return pairs.stream()
        .sorted(Comparator.comparingDouble(pair -> pair.ratio().value()))
        .map(CellPair::question)
        .toList();
  }
}
