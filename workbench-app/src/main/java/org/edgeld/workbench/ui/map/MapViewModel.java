package org.edgeld.workbench.ui.map;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.edgeld.model.Layer;
import org.edgeld.workbench.chart.PlanPicture;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.Strip;
import org.edgeld.workbench.chart.StripWords;
import org.edgeld.workbench.chart.map.MapContent;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;

/** What of the map is selected, and how large it is drawn. */
public final class MapViewModel {
  private static final double MAX_ZOOM = 8;
  private static final double STEP = 1.4;

  private final ObservableValue<Optional<ShownPlan>> shown;
  private final ObjectProperty<Optional<MapSelection>> selection =
      new SimpleObjectProperty<>(Optional.empty());
  private final DoubleProperty zoom = new SimpleDoubleProperty(1);
  private final DoubleProperty scroll = new SimpleDoubleProperty(0);

  /**
   * @param shown what the window shows
   */
  public MapViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.shown = shown;
    shown.addListener((o, was, is) -> keepSelection(is));
    keepSelection(shown.getValue());
  }

  /** After a change of plan, the same layer of the same device stays selected where it exists. */
  private void keepSelection(Optional<ShownPlan> plan) {
    select(plan, selection.get().map(MapSelection::layer).orElse(0));
  }

  /** Selects a layer; of its strips that of the device selected before, if it has one. */
  public void selectLayer(int layer) {
    if (!selection.get().map(MapSelection::layer).equals(Optional.of(layer))) {
      select(shown.getValue(), layer);
    }
  }

  private void select(Optional<ShownPlan> plan, int wanted) {
    selection.set(
        plan.flatMap(
            p -> {
              PlanPicture picture = p.picture();
              int layer = wanted < picture.graph().layers().size() ? wanted : 0;
              StagePicture stage = picture.stageOfLayer(layer);
              int inBlock = layer - stage.stage().block().layerStart();
              List<Strip> strips = stage.layers().get(inBlock);
              return strips.stream()
                  .filter(
                      s -> selection.get().map(m -> m.device().equals(s.device())).orElse(false))
                  .findFirst()
                  .or(() -> strips.stream().findFirst())
                  .map(s -> new MapSelection(stage.index(), layer, s.device()));
            }));
  }

  public ObservableValue<Optional<ShownPlan>> shownProperty() {
    return shown;
  }

  /** The strip that the inspector explains. */
  public ObjectProperty<Optional<MapSelection>> selectionProperty() {
    return selection;
  }

  /** Width of the columns over the width at which all fit. */
  public DoubleProperty zoomProperty() {
    return zoom;
  }

  /** Pixels that the columns are shifted to the left. */
  public DoubleProperty scrollProperty() {
    return scroll;
  }

  /** Makes columns wider. */
  public void zoomIn() {
    zoom.set(Math.min(MAX_ZOOM, zoom.get() * STEP));
  }

  /** Makes columns narrower. */
  public void zoomOut() {
    zoom.set(Math.max(1, zoom.get() / STEP));
  }

  /** Shows all layers. */
  public void fit() {
    zoom.set(1);
    scroll.set(0);
  }

  /** Returns what the lanes beside the partition show. */
  public static MapContent content(ShownPlan plan) {
    var head = plan.planned().request().profile().device(plan.planned().plan().head());
    return new MapContent(
        head.layers().stream().map(times -> times.wholeNanos() / 1e6).toList(),
        plan.estimated() ? "estimated ms" : plan.typedIn() ? "typed-in ms" : "measured ms",
        plan.times());
  }

  /** Returns the heading: model and how large plan and cluster are. */
  public static String summary(ShownPlan plan) {
    int layers = plan.picture().graph().layers().size();
    int blocks = plan.picture().stages().size();
    int devices = plan.devices().size();
    return "%d layers · %d %s · %d %s"
        .formatted(
            layers,
            blocks,
            blocks == 1 ? "block" : "blocks",
            devices,
            devices == 1 ? "device" : "devices");
  }

  /** Returns in few words where the figures come from. */
  public static String badge(ShownPlan plan) {
    if (plan.run().isPresent()) {
      return plan.emulated() ? "measured, emulated" : "measured";
    }
    return plan.measuredProfile()
        ? "predicted"
        : (plan.estimated() ? "estimated" : "typed in") + ", not measured";
  }

  /** Returns what a strip is, in three lines. */
  public static String describe(ShownPlan plan, MapSelection at) {
    PlanPicture picture = plan.picture();
    StagePicture stage = picture.stages().get(at.stage());
    Layer layer = picture.graph().layers().get(at.layer());
    StripWords words = StripWords.of(picture, stage, at.layer(), at.device());
    return "%s on %s  %s%n%s:  %s, %s%n%s   %s   block %s"
        .formatted(
            layer.name(),
            at.device().letter(),
            plan.devices().get(at.device().index()).name(),
            words.computed(),
            words.ownedOf(),
            words.halo(),
            Figures.flops(words.flops()),
            Figures.bytes(words.bytes()),
            Figures.nanos(plan.times().computeNanos(at.stage(), at.device())));
  }
}
