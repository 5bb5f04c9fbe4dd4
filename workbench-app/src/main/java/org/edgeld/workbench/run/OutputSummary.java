package org.edgeld.workbench.run;

import java.nio.FloatBuffer;
import org.edgeld.model.TensorShape;

/**
 * One output of a network in few figures, for networks that yield maps rather than classes.
 *
 * @param shape of the output
 * @param least its smallest value
 * @param mean the mean of its values
 * @param most its largest value
 */
public record OutputSummary(TensorShape shape, double least, double mean, double most) {
  /** Summarises an output; values that are no numbers make figures that are none. */
  public static OutputSummary of(HostTensor output) {
    FloatBuffer values = OutputCheck.floats(output);
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    int count = values.remaining();
    while (values.hasRemaining()) {
      float value = values.get();
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    return new OutputSummary(output.shape(), least, sum / count, most);
  }
}
