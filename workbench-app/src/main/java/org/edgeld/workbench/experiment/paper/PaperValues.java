package org.edgeld.workbench.experiment.paper;

import java.util.List;
import java.util.Map;

/** What the paper prints, or what can be read off its plots. */
final class PaperValues {
  static final String VGG13 = "vgg13";
  static final String VGG16 = "vgg16";
  static final List<String> MODELS = List.of(VGG13, VGG16);

  /** Link rates of Table I in Mbit/s. */
  static final List<Integer> RATES = List.of(100, 1000);

  /** Fig. 4: seconds per FLOP, and seconds of a layer without any. */
  static final double FIT_SLOPE = 6.24e-11;

  static final double FIT_OFFSET = 1.97e-2;

  /** Fig. 5: speedup of OCBP on four followers by Mbit/s, read off the plot. */
  static final Map<Integer, Double> FIG5_OCBP = Map.of(50, 2.77, 100, 3.25, 1000, 3.68);

  /** Fig. 5: the same of BODP. */
  static final Map<Integer, Double> FIG5_BODP = Map.of(50, 2.56, 100, 2.80, 1000, 3.19);

  /** Fig. 6: latency layer by layer over latency fused, four followers. */
  static final Map<String, Double> FIG6 = Map.of(VGG13, 1.11, VGG16, 1.13);

  /** Fig. 9 and 10: speedup on four followers of a batch of one frame, and of five. */
  static final Map<String, List<Double>> FIG9_10 =
      Map.of(VGG13, List.of(3.3, 3.1), VGG16, List.of(3.57, 2.62));

  private static final Map<String, List<Double>> TABLE1 =
      Map.of(
          key(100, "BODP", VGG13), List.of(22.29, 12.84, 8.07, 7.64),
          key(100, "BODP", VGG16), List.of(24.57, 14.07, 9.50, 8.78),
          key(100, "OCBP", VGG13), List.of(20.72, 12.04, 7.34, 6.84),
          key(100, "OCBP", VGG16), List.of(24.02, 13.71, 9.32, 7.52),
          key(1000, "BODP", VGG13), List.of(21.281, 12.798, 8.28, 7.30),
          key(1000, "BODP", VGG16), List.of(23.69, 13.5, 9.22, 7.58),
          key(1000, "OCBP", VGG13), List.of(20.71, 11.25, 6.97, 6.26),
          key(1000, "OCBP", VGG16), List.of(23.36, 13.23, 8.37, 6.53));

  private PaperValues() {}

  private static String key(int mbps, String scheme, String model) {
    return mbps + scheme + model;
  }

  /**
   * Returns a time of Table I in seconds.
   *
   * @param followers 1 to 4
   */
  static double table1Seconds(int mbps, String scheme, String model, int followers) {
    return TABLE1.get(key(mbps, scheme, model)).get(followers - 1);
  }
}
