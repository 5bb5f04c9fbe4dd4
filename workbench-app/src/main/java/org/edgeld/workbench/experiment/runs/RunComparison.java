package org.edgeld.workbench.experiment.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.report.Numbers;
import org.edgeld.workbench.experiment.report.SweepComparison;
import org.edgeld.workbench.experiment.report.SweepComparison.Verdict;
import org.edgeld.workbench.experiment.statistics.Interval;
import org.edgeld.workbench.experiment.statistics.Intervals;
import org.edgeld.workbench.experiment.statistics.NoiseFloor;
import org.edgeld.workbench.history.Fairness;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.RunHead;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.words.Figures;

/**
 * Runs beside one of them, by the time of a batch. The head alone ran in both runs as well, and is
 * the same in both; how much it may differ, by its own interval, is the noise between them, so a
 * difference that is not larger says nothing.
 *
 * @param reference what the others are compared with
 * @param rows the others
 */
public record RunComparison(HistoryItem reference, List<Row> rows) {
  public RunComparison {
    rows = List.copyOf(rows);
  }

  /**
   * A run beside the reference.
   *
   * @param run the run
   * @param outcome what that says, or why it is not said
   */
  public record Row(HistoryItem run, Outcome outcome) {}

  /** What a comparison says. */
  public sealed interface Outcome {
    /** Returns the verdict, with what it rests on. */
    String words();

    /**
     * Both can be compared.
     *
     * @param difference time over the reference's, less 1: negative is faster
     * @param noise the largest share by which the head alone may differ between both runs, by its
     *     interval and whichever was longer; empty if it is not known
     * @param verdict what that says
     */
    record Compared(Interval difference, OptionalDouble noise, Verdict verdict) implements Outcome {
      @Override
      public String words() {
        return noise.isPresent()
            ? "%s (noise %s)".formatted(verdict.words(), Figures.percent(noise.getAsDouble()))
            : verdict.words();
      }

      /** Returns the interval of the difference. */
      public String rangeWords() {
        return Numbers.signedRange(difference);
      }
    }

    /**
     * It would not be fair.
     *
     * @param reason in few words
     */
    record Unfair(String reason) implements Outcome {
      @Override
      public String words() {
        return "not compared: " + reason;
      }
    }
  }

  /**
   * Compares runs.
   *
   * @param runs at least one; the pinned one among them is the reference, else the oldest
   */
  public static RunComparison of(List<HistoryItem> runs) {
    HistoryItem reference =
        runs.stream()
            .filter(HistoryItem::pinned)
            .findFirst()
            .or(() -> runs.stream().min((a, b) -> a.head().started().compareTo(b.head().started())))
            .orElseThrow();
    List<Row> rows = new ArrayList<>();
    for (HistoryItem run : runs) {
      if (run.number() != reference.number()) {
        rows.add(new Row(run, outcome(run.head(), reference.head())));
      }
    }
    return new RunComparison(reference, rows);
  }

  private static Outcome outcome(RunHead run, RunHead reference) {
    Optional<String> objection = Fairness.objection(run, reference);
    if (objection.isPresent()) {
      return new Outcome.Unfair(objection.get());
    }
    Interval difference =
        intervals(reference)
            .ratio(
                samples(run.times().batches().plan()), samples(reference.times().batches().plan()))
            .map(ratio -> ratio - 1);
    OptionalDouble noise = noise(run, reference);
    return new Outcome.Compared(difference, noise, SweepComparison.verdict(difference, noise));
  }

  private static Intervals intervals(RunHead reference) {
    return new Intervals(reference.details().seed());
  }

  private static List<double[]> samples(Estimate estimate) {
    return List.of(estimate.samplesMillis().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static OptionalDouble noise(RunHead run, RunHead reference) {
    Optional<Estimate> one = run.times().batches().local();
    Optional<Estimate> other = reference.times().batches().local();
    boolean sameHead =
        run.devices()
            .get(run.head().index())
            .name()
            .equals(reference.devices().get(reference.head().index()).name());
    return one.isPresent() && other.isPresent() && sameHead
        ? NoiseFloor.largest(
            intervals(reference)
                .ratio(samples(one.get()), samples(other.get()))
                .map(ratio -> ratio - 1))
        : OptionalDouble.empty();
  }
}
