package org.edgeld.workbench.experiment.paper;

import java.util.List;

/**
 * Something that the paper says, judged by what was measured here.
 *
 * @param text what the paper says
 * @param judgement whether it holds here
 * @param numbers a sentence with the figures that the judgement follows from
 * @param questions the pairs of cells that speak against it or do not speak for it
 */
record Claim(String text, Judgement judgement, String numbers, List<Question> questions) {
  /** Whether a claim holds. */
  enum Judgement {
    HOLDS("holds"),
    FAILS("does not hold"),
    WITHIN_NOISE("within noise"),
    /** No two measurements of the same say what noise is. */
    NOISE_UNKNOWN("noise floor unknown"),
    NOT_MEASURED("not measured");

    private final String words;

    Judgement(String words) {
      this.words = words;
    }

    String words() {
      return words;
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
    return new Claim(text, Judgement.NOT_MEASURED, "Its cells were not measured.", List.of());
  }
}
