package org.edgeld.workbench.split;

import java.util.List;
import org.edgeld.workbench.plan.Stage;

/**
 * Stages of a plan that a pair can replace.
 *
 * @param start first stage
 * @param end one past the last
 * @param variants what can take their place: the sums added up by who owned the outputs before, by
 *     each worker for its share of the channels, by one device
 * @param promise nanoseconds that they may save, by a rough estimate
 */
record PairPlace(int start, int end, List<List<Stage>> variants, double promise) {
  /** Ways to replace the stages. */
  static final int VARIANTS = 3;

  PairPlace {
    variants = List.copyOf(variants);
  }
}
