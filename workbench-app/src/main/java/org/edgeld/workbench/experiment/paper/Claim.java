package org.edgeld.workbench.experiment.paper;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Something that the paper says, judged by what was measured here.
 *
 * @param text what the paper says
 * @param judgement whether it holds here
 * @param numbers a sentence with the figures that the judgement follows from
 * @param questions the pairs of cells that speak against it or do not speak for it
 * @param noiseFloor the share by which equal plans differ, if it is known
 */
record Claim(
    String text,
    Judgement judgement,
    String numbers,
    List<Question> questions,
    OptionalDouble noiseFloor) {
  /** Whether a claim holds. */
  enum Judgement {
    HOLDS("holds"),
    FAILS("does not hold"),
    WITHIN_NOISE("within noise"),
    /** Noise is larger than the effect that the paper claims. */
    UNTELLABLE("cannot be told here"),
    /** The interval of a mean reaches from what holds to what does not. */
    UNTELLABLE_ON_AVERAGE("cannot be told here"),
    /** No two measurements of the same say what noise is. */
    NOISE_UNKNOWN("noise floor unknown"),
    NOT_MEASURED("not measured");

    private final String words;

    Judgement(String words) {
      this.words = words;
    }
  }

  /**
   * Two cells of which the first should have been faster, or that much faster.
   *
   * @param expected the cell that should have been faster
   * @param other the other one
   */
  record Question(PaperCells.Cell expected, PaperCells.Cell other) {}

  Claim {
    questions = List.copyOf(questions);
  }

  static Claim notMeasured(String text) {
    return new Claim(
        text,
        Judgement.NOT_MEASURED,
        "Its cells were not measured.",
        List.of(),
        OptionalDouble.empty());
  }

  /** Returns the judgement in words, with the noise floor where it is the reason. */
  String verdict() {
    return judgement == Judgement.UNTELLABLE
        ? String.format(
            Locale.ROOT, "%s (noise floor %.0f %%)", judgement.words, 100 * noiseFloor.orElse(0))
        : judgement.words;
  }
}
