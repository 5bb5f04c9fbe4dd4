package org.edgeld.workbench.ui;

import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.graph.GraphViewport;
import org.edgeld.workbench.ui.compare.ComparisonView;
import org.edgeld.workbench.ui.kpi.KpiView;
import org.edgeld.workbench.ui.kpi.KpiViewModel;
import org.edgeld.workbench.ui.map.MapView;
import org.edgeld.workbench.ui.map.MapViewModel;
import org.edgeld.workbench.ui.network.NetworkView;
import org.edgeld.workbench.ui.network.NetworkViewModel;
import org.edgeld.workbench.ui.profile.FitView;
import org.edgeld.workbench.ui.profile.FitViewModel;
import org.edgeld.workbench.ui.profile.ProfileView;
import org.edgeld.workbench.ui.profile.ProfileViewModel;
import org.edgeld.workbench.ui.speedup.SpeedupView;
import org.edgeld.workbench.ui.speedup.SpeedupViewModel;
import org.edgeld.workbench.ui.timeline.TimelineView;
import org.edgeld.workbench.ui.timeline.TimelineViewModel;
import org.edgeld.workbench.ui.widget.Segments;

/**
 * The middle: figures, the partition map with the cards below it, the model view, or the
 * comparison.
 */
final class CentreView extends VBox {
  private static final double LOWER_SHARE = 0.29;
  private static final double LOWER_MIN = 170;

  /** What the lower left card shows. */
  private enum LowerCard {
    TIMELINE,
    LAYERS,
    FIT
  }

  private final WorkbenchViewModel model;
  private final ObservableValue<ChartStyle> style;
  private final MapViewModel map;
  private final NetworkView network;
  private final ComparisonView comparison;
  private final ObjectProperty<CentreCard> shown = new SimpleObjectProperty<>(CentreCard.MAP);

  CentreView(
      WorkbenchViewModel model,
      ObservableValue<ChartStyle> style,
      MapViewModel map,
      NetworkViewModel networkModel) {
    super(10);
    this.model = model;
    this.style = style;
    this.map = map;
    MapView mapView = new MapView(map, style, CentreCard.tabs(shown, "map"));
    network = new NetworkView(networkModel, style, CentreCard.tabs(shown, "network"));
    comparison = new ComparisonView(model.comparison(), CentreCard.tabs(shown, "compare"));
    comparison.managedProperty().bind(comparison.visibleProperty());
    StackPane upper = new StackPane(mapView, network, comparison);
    VBox.setVgrow(upper, Priority.ALWAYS);
    HBox lower = new HBox(10, lowerLeft(), speedup());
    lower.setMinHeight(LOWER_MIN);
    lower.prefHeightProperty().bind(heightProperty().multiply(LOWER_SHARE));
    lower.managedProperty().bind(lower.visibleProperty());
    setMinWidth(0);
    getStyleClass().add("centre");
    getChildren().addAll(new KpiView(new KpiViewModel(model.shownProperty())), upper, lower);
    shown.addListener((o, was, is) -> show(is, mapView, lower));
    show(shown.get(), mapView, lower);
  }

  private void show(CentreCard card, MapView mapView, HBox lower) {
    boolean mapWanted = card == CentreCard.MAP;
    mapView.setVisible(mapWanted);
    lower.setVisible(mapWanted);
    network.setVisible(card == CentreCard.LAYERS || card == CentreCard.GRAPH);
    comparison.setVisible(card == CentreCard.COMPARE);
    network.showGraph(card == CentreCard.GRAPH);
  }

  private Node lowerLeft() {
    ObjectProperty<LowerCard> lowerShown = new SimpleObjectProperty<>(LowerCard.TIMELINE);
    TimelineView timeline =
        new TimelineView(
            new TimelineViewModel(model.shownProperty()), style, lowerTabs(lowerShown, "t"));
    ProfileView profile =
        new ProfileView(new ProfileViewModel(model.shownProperty()), lowerTabs(lowerShown, "p"));
    timeline.visibleProperty().bind(lowerShown.isEqualTo(LowerCard.TIMELINE));
    FitView fit =
        new FitView(new FitViewModel(model.shownProperty()), style, lowerTabs(lowerShown, "f"));
    profile.visibleProperty().bind(lowerShown.isEqualTo(LowerCard.LAYERS));
    fit.visibleProperty().bind(lowerShown.isEqualTo(LowerCard.FIT));
    StackPane stack = new StackPane(profile, fit, timeline);
    stack.setPrefWidth(560);
    stack.setMinSize(0, 0); // many devices would push the cards out of a small window
    HBox.setHgrow(stack, Priority.ALWAYS);
    return stack;
  }

  private static Node lowerTabs(ObjectProperty<LowerCard> shown, String prefix) {
    Segments<LowerCard> tabs =
        new Segments<>(
            shown,
            List.of(
                new Segments.Segment<>(
                    LowerCard.TIMELINE,
                    prefix + "-timeline",
                    "Timeline",
                    "What each device does when."),
                new Segments.Segment<>(
                    LowerCard.LAYERS,
                    prefix + "-layers",
                    "Profile",
                    "Time of every layer on every device, and EdgeLD's regression."),
                new Segments.Segment<>(
                    LowerCard.FIT,
                    prefix + "-fit",
                    "Fit",
                    "How regular the devices are: layers predicted from others of their class.")));
    tabs.getStyleClass().add("small");
    return tabs;
  }

  private Node speedup() {
    SpeedupView view =
        new SpeedupView(new SpeedupViewModel(model.shownProperty(), model.runs()), style);
    view.setPrefWidth(440);
    view.setMinWidth(0);
    HBox.setHgrow(view, Priority.ALWAYS);
    return view;
  }

  /** Shows the plans of all strategies, made anew. */
  void compare() {
    shown.set(CentreCard.COMPARE);
    model.comparison().compare();
  }

  /** What the middle shows. */
  ObjectProperty<CentreCard> shownProperty() {
    return shown;
  }

  /** Draws what is shown larger. */
  void zoomIn() {
    if (shown.get() == CentreCard.GRAPH) {
      network.graph().zoomIn();
    } else {
      map.zoomIn();
    }
  }

  /** Draws what is shown smaller. */
  void zoomOut() {
    if (shown.get() == CentreCard.GRAPH) {
      network.graph().zoomOut();
    } else {
      map.zoomOut();
    }
  }

  /** Shows all of it. */
  void fit() {
    if (shown.get() == CentreCard.GRAPH) {
      network.graph().fit();
    } else {
      map.fit();
    }
  }

  /** Returns how large the graph is drawn; 0 before it was. */
  double graphScale() {
    return network.graph().viewportProperty().get().map(GraphViewport::scale).orElse(0.0);
  }
}
