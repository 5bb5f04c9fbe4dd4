package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.edgeld.workbench.experiment.statistics.Medians;

/** What the paper prints, or what can be read off its plots. */
final class PaperValues {
  static final String VGG13 = "vgg13";
  static final String VGG16 = "vgg16";
  static final List<String> MODELS = List.of(VGG13, VGG16);

  /** Links of Table I. */
  static final List<PaperLink> TABLE1_LINKS = List.of(PaperLink.SLOW, PaperLink.FASTEST);

  /** Fig. 4: seconds per FLOP, and seconds of a layer without any. */
  static final double FIT_SLOPE = 6.24e-11;

  static final double FIT_OFFSET = 1.97e-2;

  /** Fig. 5: links in the order of its bars; the third has links from 100 to 1000 Mbit/s. */
  static final List<PaperLink> FIG5_LINKS =
      List.of(PaperLink.SLOWEST, PaperLink.SLOW, PaperLink.MIXED, PaperLink.FASTEST);

  /** Fig. 5: speedup of OCBP on four followers by those links, read off the plot. */
  static final List<Double> FIG5_OCBP = List.of(2.77, 3.25, 3.51, 3.68);

  /** Fig. 5: the same of BODP. */
  static final List<Double> FIG5_BODP = List.of(2.56, 2.80, 2.98, 3.19);

  /** Fig. 6: latency layer by layer over latency fused, four followers. */
  static final Map<String, Double> FIG6 = Map.of(VGG13, 1.11, VGG16, 1.13);

  /** Fig. 9 and 10: speedup on four followers of a batch of one frame, and of five. */
  static final Map<String, List<Double>> FIG9_10 =
      Map.of(VGG13, List.of(3.3, 3.1), VGG16, List.of(3.57, 2.62));

  /** Fig. 9: the largest speedup of VGG13, of a batch of more than one and less than five. */
  static final double FIG9_PEAK = 5.4;

  /** Fig. 11: speedup of MoDNN with VGG16 on two, three and four followers. */
  static final List<Double> FIG11_MODNN = List.of(1.53, 1.67, 2.03);

  private static final int MOST_FOLLOWERS = 4;

  private static final Map<String, List<Double>> TABLE1 =
      Map.of(
          key(PaperLink.SLOW, "BODP", VGG13), List.of(22.29, 12.84, 8.07, 7.64),
          key(PaperLink.SLOW, "BODP", VGG16), List.of(24.57, 14.07, 9.50, 8.78),
          key(PaperLink.SLOW, "OCBP", VGG13), List.of(20.72, 12.04, 7.34, 6.84),
          key(PaperLink.SLOW, "OCBP", VGG16), List.of(24.02, 13.71, 9.32, 7.52),
          key(PaperLink.FASTEST, "BODP", VGG13), List.of(21.281, 12.798, 8.28, 7.30),
          key(PaperLink.FASTEST, "BODP", VGG16), List.of(23.69, 13.5, 9.22, 7.58),
          key(PaperLink.FASTEST, "OCBP", VGG13), List.of(20.71, 11.25, 6.97, 6.26),
          key(PaperLink.FASTEST, "OCBP", VGG16), List.of(23.36, 13.23, 8.37, 6.53));

  private PaperValues() {}

  private static String key(PaperLink link, String scheme, String model) {
    return link.name() + scheme + model;
  }

  /** Fig. 6: the smallest gain of fusing. */
  static double fusionEffect() {
    return FIG6.values().stream().mapToDouble(Double::doubleValue).min().orElseThrow() - 1;
  }

  /** Table I: the median gain of OCBP over BODP. */
  static double schemeEffect() {
    return Medians.of(gains(MOST_FOLLOWERS)) - 1;
  }

  /** Table I: the smallest gain of a further follower at the fastest links. */
  static double followerEffect() {
    return MODELS.stream()
            .flatMapToDouble(
                model ->
                    IntStream.rangeClosed(2, MOST_FOLLOWERS)
                        .mapToDouble(
                            n ->
                                table1Seconds(PaperLink.FASTEST, "OCBP", model, n - 1)
                                    / table1Seconds(PaperLink.FASTEST, "OCBP", model, n)))
            .min()
            .orElseThrow()
        - 1;
  }

  /** Fig. 5: the gain of speedup from the slowest to the fastest links. */
  static double bandwidthEffect() {
    return FIG5_OCBP.get(FIG5_OCBP.size() - 1) / FIG5_OCBP.get(0) - 1;
  }

  /** Returns by which factor BODP takes longer than OCBP in cells of Table I, in rising order. */
  static List<Double> gains(int mostFollowers) {
    List<Double> gains = new ArrayList<>();
    for (PaperLink link : TABLE1_LINKS) {
      for (String model : MODELS) {
        for (int n = 1; n <= mostFollowers; n++) {
          gains.add(table1Seconds(link, "BODP", model, n) / table1Seconds(link, "OCBP", model, n));
        }
      }
    }
    return gains.stream().sorted().toList();
  }

  /**
   * Returns the speedup of a bar of Fig. 5.
   *
   * @param link one of {@link #FIG5_LINKS}
   */
  static double fig5(PaperLink link, boolean ocbp) {
    return (ocbp ? FIG5_OCBP : FIG5_BODP).get(FIG5_LINKS.indexOf(link));
  }

  /**
   * Returns a time of Table I in seconds.
   *
   * @param followers 1 to 4
   */
  static double table1Seconds(PaperLink link, String scheme, String model, int followers) {
    return TABLE1.get(key(link, scheme, model)).get(followers - 1);
  }
}
