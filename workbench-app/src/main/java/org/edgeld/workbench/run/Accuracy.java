package org.edgeld.workbench.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.edgeld.program.Precision;

/**
 * How far the plan's outputs are from the undivided network's, over all measured frames: what a
 * transfer in fewer bits costs.
 *
 * @param precision in which slices travelled
 * @param maxAbsError largest absolute difference of any output value
 * @param maxRelativeError the same over the largest absolute value of the undivided network's
 *     output
 * @param sameTop1Share of a classifier, the share of frames with the same best class
 * @param top5Share of a classifier, the mean share of the five best classes that are the same
 */
public record Accuracy(
    Precision precision,
    double maxAbsError,
    double maxRelativeError,
    OptionalDouble sameTop1Share,
    OptionalDouble top5Share) {

  /**
   * Adds up the frames of the plan.
   *
   * @param frames of the plan
   * @param outputScale largest absolute value of the undivided network's output
   */
  static Accuracy of(Precision precision, List<RunResult.FrameSample> frames, double outputScale) {
    double worst = frames.stream().mapToDouble(RunResult.FrameSample::maxAbsError).max().orElse(0);
    return new Accuracy(
        precision,
        worst,
        worst == 0 ? 0 : worst / outputScale,
        mean(frames, classes -> classes.sameTop1() ? 1 : 0),
        mean(frames, ClassAgreement::top5Share));
  }

  private static OptionalDouble mean(
      List<RunResult.FrameSample> frames, ToDoubleFunction<ClassAgreement> figure) {
    return frames.stream()
        .map(RunResult.FrameSample::classes)
        .flatMap(Optional::stream)
        .mapToDouble(figure)
        .average();
  }
}
