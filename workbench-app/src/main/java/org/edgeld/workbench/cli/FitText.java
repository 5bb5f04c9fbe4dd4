package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fit.ClassFit;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.HeldOut;
import org.edgeld.workbench.profile.ClusterProfile;

/** How regular devices are, as text for a terminal. */
final class FitText {
  private static final int WORST = 3;

  private FitText() {}

  /** Returns the text, ended by a line break. */
  static String of(ModelGraph graph, ClusterProfile profile) {
    TextTable classes =
        new TextTable("device", "operators", "layers", "overhead ms", "GFLOP/s", "GB/s");
    TextTable quality = new TextTable("device", "median error", "within 10 %", "worst layers");
    for (int d = 0; d < profile.size(); d++) {
      String device = new DeviceId(d).letter();
      DeviceFit fit = DeviceFit.of(graph, profile.devices().get(d));
      for (ClassFit kind : fit.classes()) {
        classes.row(
            device,
            kind.kind().title(),
            Integer.toString(kind.layers()),
            Quantity.significant(kind.overheadNanos() / 1e6),
            rate(kind.nanosPerFlop()),
            rate(kind.nanosPerByte()));
      }
      quality.row(
          device, percent(fit.medianError()), percent(fit.shareWithin()), worst(graph, fit));
    }
    return "Fit per class of operators, time = overhead + FLOPs/rate + bytes/bandwidth:\n"
        + classes
        + "\nHow well it predicts layers that it was not fitted to:\n"
        + quality;
  }

  /** Returns operations or bytes in a nanosecond, which is 10⁹ of them in a second. */
  private static String rate(double nanosEach) {
    return nanosEach > 0 ? Quantity.significant(1 / nanosEach) : "–";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String worst(ModelGraph graph, DeviceFit fit) {
    List<String> words = new ArrayList<>();
    for (HeldOut out : fit.worst(WORST)) {
      words.add(
          String.format(
              Locale.ROOT,
              "%s %+.0f %%",
              graph.layers().get(out.layerIndex()).name(),
              100 * out.error()));
    }
    return words.isEmpty() ? "–" : String.join(", ", words);
  }
}
