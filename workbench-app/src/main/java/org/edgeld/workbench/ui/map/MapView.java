package org.edgeld.workbench.ui.map;

import java.awt.Graphics2D;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.map.MapLayout;
import org.edgeld.workbench.chart.map.MapPainter;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.widget.PaintedPane;
import org.edgeld.workbench.ui.widget.Widgets;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;

/** The card with the partition map: heading, legend, zoom, the map and its tooltip. */
public final class MapView extends VBox {
  private static final double TIP_OFFSET = 14;

  /** Width below which the legend leaves out the devices: the strips bear their letters. */
  private static final double NARROW = 900;

  private static final double LEAST_TITLE = 120;

  private final MapViewModel model;
  private final ObservableValue<ChartStyle> style;
  private final PaintedPane base = new PaintedPane(this::paintBase);
  private final PaintedPane marks = new PaintedPane(this::paintMarks);
  private final Label tip = new Label();
  private final ScrollBar bar = new ScrollBar();
  private final MapLegend legend;
  private final Label title = Widgets.heading(LEAST_TITLE);
  private final Label summary = Widgets.label("", "caption");
  private final Label provenance = Widgets.fixed("", "badge");
  private Optional<MapSelection> hover = Optional.empty();
  private Optional<MapLayout> layout = Optional.empty();

  /**
   * @param model what is shown
   * @param style colours and font
   * @param tabs switches between the cards that share this place
   */
  public MapView(MapViewModel model, ObservableValue<ChartStyle> style, Node tabs) {
    this.model = model;
    this.style = style;
    this.legend = new MapLegend(model.shownProperty(), style);
    setId("partition-map");
    setMinWidth(0);
    getStyleClass().add("wb-card");
    getChildren().addAll(heading(tabs), surface(), scrollBar());
    model.shownProperty().addListener((o, was, is) -> refresh());
    style.addListener((o, was, is) -> refresh());
    model.selectionProperty().addListener((o, was, is) -> marks.repaint());
    model.zoomProperty().addListener((o, was, is) -> refresh());
    model.scrollProperty().addListener((o, was, is) -> refresh());
    widthProperty().addListener((o, was, is) -> narrow(is.doubleValue() < NARROW));
    refresh();
  }

  /** A summary of which only the first letters fit says nothing; the title tells it then. */
  private void narrow(boolean wanted) {
    legend.setShort(wanted);
    summary.setVisible(!wanted || model.shownProperty().getValue().isEmpty());
    summary.setManaged(summary.isVisible());
  }

  private HBox heading(Node tabs) {
    Button out = Widgets.iconButton(MaterialDesignM.MAGNIFY_MINUS_OUTLINE, "Narrower columns");
    Button in = Widgets.iconButton(MaterialDesignM.MAGNIFY_PLUS_OUTLINE, "Wider columns");
    Button fit = Widgets.iconButton(MaterialDesignF.FIT_TO_PAGE_OUTLINE, "Show all layers");
    in.setId("zoom-in");
    out.setId("zoom-out");
    out.setOnAction(event -> model.zoomOut());
    in.setOnAction(event -> model.zoomIn());
    fit.setOnAction(event -> model.fit());
    HBox heading =
        Widgets.row(
            8,
            tabs,
            title,
            summary,
            provenance,
            Widgets.space(),
            legend,
            Widgets.row(0, out, in, fit));
    heading.getStyleClass().add("wb-card-head");
    return heading;
  }

  private StackPane surface() {
    tip.getStyleClass().add("map-tip");
    tip.setManaged(false);
    tip.setVisible(false);
    tip.setMouseTransparent(true);
    marks.setMouseTransparent(true);
    StackPane surface = new StackPane(base, marks, tip);
    surface.setMinHeight(190);
    VBox.setVgrow(surface, Priority.ALWAYS);
    base.setOnMouseMoved(this::moved);
    base.setOnMouseExited(event -> hover(Optional.empty()));
    base.setOnMouseClicked(
        event -> pick(event).ifPresent(hit -> model.selectionProperty().set(Optional.of(hit))));
    base.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    return surface;
  }

  private ScrollBar scrollBar() {
    bar.setOrientation(Orientation.HORIZONTAL);
    bar.valueProperty().bindBidirectional(model.scrollProperty());
    bar.setVisible(false);
    bar.managedProperty().bind(bar.visibleProperty());
    return bar;
  }

  private void scrolled(ScrollEvent event) {
    if (event.isControlDown()) {
      if (event.getDeltaY() > 0) {
        model.zoomIn();
      } else {
        model.zoomOut();
      }
    } else {
      layout.ifPresent(
          l -> model.scrollProperty().set(l.scroll() - event.getDeltaX() - event.getDeltaY()));
    }
    event.consume();
  }

  private void moved(MouseEvent event) {
    hover(pick(event));
    if (tip.isVisible()) {
      double x = Math.min(event.getX() + TIP_OFFSET, base.getWidth() - tip.prefWidth(-1) - 6);
      double y = event.getY() + TIP_OFFSET;
      double height = tip.prefHeight(-1);
      tip.relocate(Math.max(0, x), y + height > base.getHeight() ? event.getY() - height - 6 : y);
    }
  }

  private Optional<MapSelection> pick(MouseEvent event) {
    return layout.flatMap(l -> l.pick(event.getX(), event.getY()));
  }

  private void hover(Optional<MapSelection> hit) {
    if (!hit.equals(hover)) {
      hover = hit;
      Optional<ShownPlan> plan = model.shownProperty().getValue();
      tip.setVisible(hit.isPresent() && plan.isPresent());
      if (tip.isVisible()) {
        tip.setText(MapViewModel.describe(plan.get(), hit.get()));
        tip.applyCss();
        tip.autosize();
      }
      marks.repaint();
    }
  }

  private void refresh() {
    hover = Optional.empty();
    tip.setVisible(false);
    Optional<ShownPlan> plan = model.shownProperty().getValue();
    title.setText(
        plan.map(p -> p.picture().graph().name() + " · " + p.picture().graph().input().height())
            .orElse("No plan"));
    summary.setText(plan.map(MapViewModel::summary).orElse("see the message above"));
    title.setTooltip(Widgets.tooltip(summary.getText()));
    narrow(getWidth() < NARROW);
    provenance.setText(plan.map(MapViewModel::badge).orElse(""));
    provenance.setTooltip(Widgets.tooltip(plan.map(ShownPlan::provenance).orElse("")));
    provenance.setVisible(plan.isPresent());
    provenance.getStyleClass().setAll("label", "badge", badge(plan));
    provenance.setMinWidth(Region.USE_PREF_SIZE);
    base.repaint();
    marks.repaint();
  }

  private static String badge(Optional<ShownPlan> plan) {
    if (plan.map(p -> p.run().isPresent()).orElse(false)) {
      return "measured";
    }
    return plan.map(ShownPlan::estimated).orElse(true) ? "estimated" : "predicted";
  }

  private void paintBase(Graphics2D g, double width, double height) {
    Optional<ShownPlan> plan = model.shownProperty().getValue();
    layout =
        plan.map(
            p ->
                new MapLayout(
                    p.picture(),
                    width,
                    height,
                    model.zoomProperty().get(),
                    model.scrollProperty().get()));
    layout.ifPresent(
        l -> {
          new MapPainter(style.getValue()).paint(g, l, MapViewModel.content(plan.orElseThrow()));
          double hidden = l.contentWidth() - l.visibleWidth();
          bar.setVisible(hidden > 1);
          bar.setMax(Math.max(1, hidden));
          bar.setVisibleAmount(hidden * l.visibleWidth() / l.contentWidth());
        });
  }

  private void paintMarks(Graphics2D g, double width, double height) {
    layout.ifPresent(
        l -> {
          MapPainter painter = new MapPainter(style.getValue());
          hover.ifPresent(hit -> painter.paintMark(g, l, hit, false));
          model.selectionProperty().get().ifPresent(hit -> painter.paintMark(g, l, hit, true));
        });
  }
}
