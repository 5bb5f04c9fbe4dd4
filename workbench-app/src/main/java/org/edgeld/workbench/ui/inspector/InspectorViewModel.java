package org.edgeld.workbench.ui.inspector;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import org.edgeld.model.Layer;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.PlanPicture;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.StripWords;
import org.edgeld.workbench.chart.layer.LayerRow;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.explain.PathWords;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.runs.RunsViewModel;
import org.edgeld.workbench.words.Figures;
import org.edgeld.workbench.words.OperatorWords;

/** What is known of the selected strip, and the answer of the shown run. */
public final class InspectorViewModel {
  private final ObjectBinding<Optional<Inspection>> inspection;
  private final ObservableValue<Optional<RunEntry>> run;
  private final ObservableValue<Optional<LayerRow>> layer;

  /**
   * @param shown what the window shows
   * @param selection the selected strip
   * @param runs which of them is shown
   * @param layer to be explained as a whole, too; empty if none is
   */
  public InspectorViewModel(
      ObservableValue<Optional<ShownPlan>> shown,
      ObservableValue<Optional<MapSelection>> selection,
      RunsViewModel runs,
      ObservableValue<Optional<LayerRow>> layer) {
    this.inspection =
        Bindings.createObjectBinding(
            () ->
                shown
                    .getValue()
                    .flatMap(
                        plan ->
                            selection
                                .getValue()
                                .filter(at -> fits(plan, at))
                                .map(at -> inspect(plan, at))),
            shown,
            selection);
    this.run = runs.selectedProperty();
    this.layer = layer;
  }

  private static boolean fits(ShownPlan plan, MapSelection at) {
    if (at.stage() >= plan.picture().stages().size()) {
      return false;
    }
    StagePicture stage = plan.picture().stages().get(at.stage());
    int inBlock = at.layer() - stage.stage().block().layerStart();
    return inBlock >= 0
        && inBlock < stage.layers().size()
        && !stage.strips(inBlock, at.device()).isEmpty();
  }

  private static Inspection inspect(ShownPlan plan, MapSelection at) {
    PlanPicture picture = plan.picture();
    StagePicture stage = picture.stages().get(at.stage());
    int inBlock = at.layer() - stage.stage().block().layerStart();
    Layer layer = picture.graph().layers().get(at.layer());
    return new Inspection(
        at.device(),
        layer.name(),
        "%s · layer %d of %d · %s"
            .formatted(
                stage.tag(),
                inBlock + 1,
                stage.layers().size(),
                OperatorWords.of(layer.operator())),
        facts(StripWords.of(picture, stage, at.layer(), at.device())),
        times(plan, at),
        balance(plan, stage),
        "Load balance in " + stage.tag() + (plan.run().isPresent() ? ", measured" : ""),
        plan.explanation().sentence(),
        bounds(plan),
        PathWords.of(plan.planned(), plan.explanation().path(), plan.explanation().latencyNanos()));
  }

  private static List<Inspection.Fact> bounds(ShownPlan plan) {
    Explanation explanation = plan.explanation();
    return List.of(
        new Inspection.Fact(
            "Bound",
            Figures.nanos(plan.planned().lowerBoundNanos()),
            "gap " + Figures.percent(plan.planned().gap())),
        new Inspection.Fact(
            "Busiest",
            PathWords.of(explanation.busiest()),
            Figures.percent(explanation.busyShare())));
  }

  private static List<Inspection.Fact> facts(StripWords words) {
    long flops = words.flops();
    long whole = words.wholeFlops();
    return List.of(
        new Inspection.Fact("Owned", words.owned(), words.ownedOf()),
        new Inspection.Fact("Computed", words.computed(), words.halo()),
        new Inspection.Fact(
            "Work",
            Figures.flops(flops),
            whole == 0 ? "" : Figures.percent(flops / (double) whole) + " of it"),
        new Inspection.Fact("Tensor", words.extent(), Figures.bytes(words.bytes())));
  }

  private static List<Inspection.Bar> times(ShownPlan plan, MapSelection at) {
    List<Inspection.Bar> bars = new ArrayList<>();
    long predicted = plan.predicted().computeNanos(at.stage(), at.device());
    bars.add(bar(plan.basis(), at.device(), predicted, true));
    plan.run()
        .ifPresent(
            run ->
                bars.add(
                    bar(
                        "measured",
                        at.device(),
                        run.times().computeNanos(at.stage(), at.device()),
                        false)));
    return List.copyOf(bars);
  }

  private static Inspection.Bar bar(String name, DeviceId device, long nanos, boolean pale) {
    return new Inspection.Bar(name, Optional.of(device), nanos, pale, Figures.nanos(nanos));
  }

  private static List<Inspection.Bar> balance(ShownPlan plan, StagePicture stage) {
    List<Inspection.Bar> bars = new ArrayList<>();
    for (int d = 0; d < plan.devices().size(); d++) {
      DeviceId device = new DeviceId(d);
      long nanos = plan.times().computeNanos(stage.index(), device);
      bars.add(
          new Inspection.Bar(
              device.letter(),
              Optional.of(device),
              nanos,
              false,
              nanos == 0 ? "idle" : Figures.nanos(nanos)));
    }
    return List.copyOf(bars);
  }

  /** What to say of the selected strip; empty without a plan. */
  public ObservableValue<Optional<Inspection>> inspectionProperty() {
    return inspection;
  }

  /** The layer that is explained as a whole; empty if none is. */
  public ObservableValue<Optional<LayerRow>> layerProperty() {
    return layer;
  }

  /** Returns what is known of an undivided layer. */
  public static List<Inspection.Fact> facts(LayerRow row) {
    return List.of(
        new Inspection.Fact("Reads", row.inputWords(), ""),
        new Inspection.Fact("Makes", row.output().toString(), Figures.bytes(row.outputBytes())),
        new Inspection.Fact("Work", Figures.flops(row.flops()), ""),
        new Inspection.Fact("Parameters", Figures.count(row.parameters()), ""));
  }

  /** The run whose answer is shown; empty while a plan is. */
  public ObservableValue<Optional<RunEntry>> runProperty() {
    return run;
  }

  /** Returns the name of a class, or its number where the model has no names. */
  public static String name(Prediction prediction) {
    return prediction.label().equals(Integer.toString(prediction.index()))
        ? "class " + prediction.index()
        : prediction.label();
  }

  /** Returns where the values of an output lie. */
  public static String values(OutputSummary output) {
    return "from %s to %s, on average %s"
        .formatted(
            Figures.number(output.least()),
            Figures.number(output.most()),
            Figures.number(output.mean()));
  }

  /** Returns the answer of a run, best first; empty where the output is no classes. */
  public static List<Prediction> top5(RunEntry entry) {
    return entry.report().result().top5();
  }
}
