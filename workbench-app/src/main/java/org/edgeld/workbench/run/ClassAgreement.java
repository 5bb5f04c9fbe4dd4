package org.edgeld.workbench.run;

import java.util.List;

/**
 * Whether a classifier finds the classes that the undivided network finds for the same input.
 *
 * @param sameTop1 whether the best class is the same
 * @param top5Share which part of the undivided network's five best classes are among the five best,
 *     in any order
 */
public record ClassAgreement(boolean sameTop1, double top5Share) {
  /** Compares the best classes of both, best first, equally many. */
  static ClassAgreement of(List<Integer> expected, List<Integer> found) {
    double common = expected.stream().filter(found::contains).count();
    return new ClassAgreement(expected.get(0).equals(found.get(0)), common / expected.size());
  }
}
