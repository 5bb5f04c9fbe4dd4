package org.edgeld.workbench.run;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.model.Model;
import org.edgeld.model.Operator;
import org.edgeld.program.Precision;

/** Compares outputs with the undivided network's, and reads a classification out of them. */
final class OutputCheck {
  /** Largest error relative to the output's scale that rounding explains. */
  private static final double TOLERANCE = 1e-4;

  private static final int BEST_CLASSES = 5;

  /** Per input, the outputs. */
  private final List<List<HostTensor>> references;

  private final double scale;

  /**
   * @param references outputs of the undivided network, per input
   */
  OutputCheck(List<List<HostTensor>> references) {
    this.references = references.stream().map(List::copyOf).toList();
    double largest = 0;
    for (List<HostTensor> reference : references) {
      for (HostTensor tensor : reference) {
        FloatBuffer values = floats(tensor);
        while (values.hasRemaining()) {
          largest = Math.max(largest, Math.abs(values.get()));
        }
      }
    }
    this.scale = largest;
  }

  /** Returns the largest absolute value of the undivided network's outputs, over all inputs. */
  double scale() {
    return scale;
  }

  /** Tells whether rounding explains an error; see {@link #explained(double, double)}. */
  boolean explains(double maxAbsError) {
    return explained(maxAbsError, scale);
  }

  /** Tells whether an error is explained; see {@link #explained(double, double, Precision)}. */
  boolean explains(double maxAbsError, Precision precision) {
    return explained(maxAbsError, scale, precision);
  }

  /**
   * Tells whether rounding or the precision in which slices travelled explains an error. How large
   * an error of a rounded transfer becomes depends on the network: it is reported, and only an
   * output without numbers is unexplained.
   */
  static boolean explained(double maxAbsError, double scale, Precision precision) {
    return precision.exact()
        ? explained(maxAbsError, scale)
        : Double.isFinite(scale) && Double.isFinite(maxAbsError);
  }

  /**
   * Tells whether rounding explains an error. Nothing does where the undivided network itself
   * yields no numbers: then the scale is NaN or infinite.
   */
  static boolean explained(double maxAbsError, double scale) {
    return Double.isFinite(scale) && maxAbsError <= TOLERANCE * scale;
  }

  /**
   * Tells whether the output of one input would be noticed if it came for another: whether any two
   * references differ by more than rounding explains.
   */
  boolean tellsInputsApart() {
    for (int i = 0; i < references.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!differ(references.get(i), references.get(j))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean differ(List<HostTensor> some, List<HostTensor> others) {
    for (int i = 0; i < some.size(); i++) {
      FloatBuffer one = floats(some.get(i));
      FloatBuffer other = floats(others.get(i));
      while (one.hasRemaining()) {
        if (!explains(Math.abs((double) one.get() - other.get()))) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * Returns the largest absolute difference; NaN counts as infinitely wrong.
   *
   * @param input index of the input that the outputs belong to
   * @param outputs of that input
   */
  double maxAbsError(int input, List<HostTensor> outputs) {
    List<HostTensor> reference = references.get(input);
    double worst = 0;
    for (int i = 0; i < reference.size(); i++) {
      FloatBuffer expected = floats(reference.get(i));
      FloatBuffer actual = floats(outputs.get(i));
      while (expected.hasRemaining()) {
        double difference = Math.abs((double) expected.get() - actual.get());
        worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
      }
    }
    return worst;
  }

  /**
   * Tells whether a classifier still finds the undivided network's classes; empty for other
   * networks.
   *
   * @param input index of the input that the outputs belong to
   * @param outputs of that input
   */
  Optional<ClassAgreement> classes(int input, List<HostTensor> outputs) {
    return classes(references.get(input))
        .flatMap(expected -> classes(outputs).map(found -> ClassAgreement.of(expected, found)));
  }

  /** Returns the best classes of a classifier's only output, best first; empty for others. */
  private static Optional<List<Integer>> classes(List<HostTensor> outputs) {
    if (!isClassifier(outputs)) {
      return Optional.empty();
    }
    FloatBuffer scores = floats(outputs.get(0));
    return Optional.of(
        IntStream.range(0, scores.remaining())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores.get(i)))
            .limit(BEST_CLASSES)
            .toList());
  }

  private static boolean isClassifier(List<HostTensor> outputs) {
    return outputs.size() == 1
        && outputs.get(0).shape().height() == 1
        && outputs.get(0).shape().width() == 1
        && outputs.get(0).shape().channels() > 1;
  }

  /**
   * Returns the five most probable classes of a classifier's only output; none for other networks.
   * Logits are normalised here if the network does not end with softmax.
   */
  static List<Prediction> top5(Model model, List<HostTensor> outputs) {
    if (outputs.size() != 1
        || outputs.get(0).shape().height() != 1
        || outputs.get(0).shape().width() != 1) {
      return List.of();
    }
    FloatBuffer values = floats(outputs.get(0));
    double[] scores = new double[values.remaining()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = values.get();
    }
    boolean normalised =
        model.graph().producer(model.graph().outputs().get(0)).operator()
                instanceof Operator.Softmax softmax
            && softmax.axes().channels();
    double[] probabilities = normalised ? scores : softmax(scores);
    List<Prediction> best = new ArrayList<>();
    IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(BEST_CLASSES)
        .forEach(i -> best.add(new Prediction(i, label(model, i), probabilities[i])));
    return best;
  }

  private static String label(Model model, int index) {
    return index < model.labels().size() ? model.labels().get(index) : String.valueOf(index);
  }

  private static double[] softmax(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double[] exponentials = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      exponentials[i] = Math.exp(scores[i] - max);
      sum += exponentials[i];
    }
    for (int i = 0; i < scores.length; i++) {
      exponentials[i] /= sum;
    }
    return exponentials;
  }

  /** Returns the values in the order of the buffer. */
  static FloatBuffer floats(HostTensor tensor) {
    return tensor.nhwc().duplicate().order(tensor.nhwc().order()).asFloatBuffer();
  }
}
