package org.edgeld.workbench.ui.profile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.fit.FitChart;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.HeldOut;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;

/** How regular the devices behind what is shown are. */
public final class FitViewModel {
  private static final int WORST = 6;

  private final ObservableValue<Optional<Quality>> quality;

  /**
   * The fits of all devices in figures.
   *
   * @param all how well all devices are predicted, in words
   * @param chart predicted against measured times
   * @param devices a line for each device
   * @param worst the layers that are predicted worst, on any device
   */
  public record Quality(
      String all, FitChart chart, List<DeviceLine> devices, List<WorstLayer> worst) {
    public Quality {
      devices = List.copyOf(devices);
      worst = List.copyOf(worst);
    }
  }

  /**
   * How well one device is predicted.
   *
   * @param device its index
   * @param median median of the absolute errors, in words
   * @param within share of the boxes within ±10 %, in words
   */
  public record DeviceLine(int device, String median, String within) {}

  /**
   * A layer that is out of line.
   *
   * @param device index of the device
   * @param layer its name
   * @param error with its sign, in words
   * @param times what it takes and what it was predicted to take, in words
   */
  public record WorstLayer(int device, String layer, String error, String times) {}

  private record Found(int device, HeldOut out) {}

  /**
   * @param shown what the window shows
   */
  public FitViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.quality =
        shown.map(plan -> plan.filter(ShownPlan::measuredProfile).map(FitViewModel::quality));
  }

  private static Quality quality(ShownPlan plan) {
    ModelGraph graph = plan.picture().graph();
    List<DeviceFit> fits =
        plan.planned().request().profile().devices().stream()
            .map(device -> DeviceFit.of(graph, device))
            .toList();
    List<DeviceLine> lines = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < fits.size(); i++) {
      DeviceFit fit = fits.get(i);
      int device = i;
      boolean known = !fit.heldOut().isEmpty();
      lines.add(
          new DeviceLine(
              i,
              known ? Figures.percent(fit.medianError()) : "–",
              known ? String.format(Locale.ROOT, "%.0f %%", 100 * fit.shareWithin()) : "–"));
      fit.worst(WORST).forEach(out -> found.add(new Found(device, out)));
    }
    List<WorstLayer> worst =
        found.stream()
            .sorted(Comparator.comparingDouble((Found one) -> -Math.abs(one.out().error())))
            .limit(WORST)
            .map(one -> worst(graph, one))
            .toList();
    return new Quality(all(fits), FitChart.of(fits), lines, worst);
  }

  private static String all(List<DeviceFit> fits) {
    List<HeldOut> out = fits.stream().flatMap(fit -> fit.heldOut().stream()).toList();
    DeviceFit together = new DeviceFit(List.of(), out, 0);
    return out.isEmpty()
        ? "Every layer is alone in its class."
        : String.format(
            Locale.ROOT,
            "Median error %s, %.0f %% within ±10 %%",
            Figures.percent(together.medianError()),
            100 * together.shareWithin());
  }

  private static WorstLayer worst(ModelGraph graph, Found found) {
    HeldOut out = found.out();
    return new WorstLayer(
        found.device(),
        graph.layers().get(out.layerIndex()).name(),
        String.format(Locale.ROOT, "%+.0f %%", 100 * out.error()),
        "%s on %s takes %s; the other layers of its class (%s) say %s."
            .formatted(
                graph.layers().get(out.layerIndex()).name(),
                new DeviceId(found.device()).letter(),
                Figures.nanos(out.measuredNanos()),
                out.kind().title(),
                Figures.nanos(out.predictedNanos())));
  }

  /** The quality of the fits; empty if nothing was measured. */
  public ObservableValue<Optional<Quality>> qualityProperty() {
    return quality;
  }
}
