package org.edgeld.workbench.ui.network;

import java.awt.Graphics2D;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.graph.GraphDrawing;
import org.edgeld.workbench.chart.graph.GraphPainter;
import org.edgeld.workbench.chart.graph.OverviewPainter;
import org.edgeld.workbench.ui.widget.PaintedPane;

/**
 * The layers as a drawing that is moved, enlarged and selected in; at its side all of it, small.
 */
final class GraphView extends HBox {
  private static final double OVERVIEW_WIDTH = 64;
  private static final double TIP_OFFSET = 14;
  private static final double CLICK_TOLERANCE = 3;
  private static final double SMALLEST = 5;
  private static final int PAGE = 10;

  private final NetworkViewModel network;
  private final GraphViewModel model;
  private final ObservableValue<ChartStyle> style;
  private final PaintedPane base = new PaintedPane(this::paintBase);
  private final PaintedPane marks = new PaintedPane(this::paintMarks);
  private final PaintedPane overview = new PaintedPane(this::paintOverview);
  private final Label tip = new Label();
  private Optional<Integer> hover = Optional.empty();
  private double pressX;
  private double pressY;
  private double lastX;
  private double lastY;

  GraphView(NetworkViewModel network, GraphViewModel model, ObservableValue<ChartStyle> style) {
    this.network = network;
    this.model = model;
    this.style = style;
    setId("network-graph");
    tip.getStyleClass().add("map-tip");
    tip.setManaged(false);
    tip.setVisible(false);
    tip.setMouseTransparent(true);
    marks.setMouseTransparent(true);
    StackPane surface = new StackPane(base, marks, tip);
    surface.setMinSize(0, 0);
    HBox.setHgrow(surface, Priority.ALWAYS);
    overview.setMinWidth(OVERVIEW_WIDTH);
    overview.setMaxWidth(OVERVIEW_WIDTH);
    overview.setId("graph-overview");
    getChildren().addAll(surface, overview);
    setFocusTraversable(true);
    getStyleClass().add("network-graph");
    mouse();
    base.widthProperty().addListener((o, was, is) -> resized());
    base.heightProperty().addListener((o, was, is) -> resized());
    addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    model.viewportProperty().addListener((o, was, is) -> refresh());
    network.contentProperty().addListener((o, was, is) -> refresh());
    network.selectionProperty().addListener((o, was, is) -> marks.repaint());
    style.addListener((o, was, is) -> refresh());
  }

  private void mouse() {
    base.setOnMousePressed(
        event -> {
          requestFocus();
          pressX = event.getX();
          pressY = event.getY();
          lastX = event.getX();
          lastY = event.getY();
        });
    base.setOnMouseDragged(
        event -> {
          hover(Optional.empty(), event);
          model.move(event.getX() - lastX, event.getY() - lastY);
          lastX = event.getX();
          lastY = event.getY();
        });
    base.setOnMouseClicked(
        event -> {
          boolean still =
              Math.hypot(event.getX() - pressX, event.getY() - pressY) < CLICK_TOLERANCE;
          if (still && event.getButton() == MouseButton.PRIMARY) {
            model
                .pick(event.getX(), event.getY())
                .ifPresent(layer -> network.selectionProperty().set(Optional.of(layer)));
          }
        });
    base.setOnMouseMoved(event -> hover(model.pick(event.getX(), event.getY()), event));
    base.setOnMouseExited(event -> hover(Optional.empty(), event));
    base.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    overview.setOnMousePressed(event -> model.jump(event.getY() / overview.getHeight()));
    overview.setOnMouseDragged(event -> model.jump(event.getY() / overview.getHeight()));
  }

  private void scrolled(ScrollEvent event) {
    if (event.isControlDown()) {
      model.zoom(event.getDeltaY() > 0, event.getX(), event.getY());
    } else if (event.isShiftDown() && event.getDeltaX() == 0) {
      model.move(event.getDeltaY(), 0);
    } else {
      model.move(event.getDeltaX(), event.getDeltaY());
    }
    event.consume();
  }

  private void key(KeyEvent event) {
    if (event.isShortcutDown()) {
      return;
    }
    switch (event.getCode()) {
      case UP -> model.step(-1);
      case DOWN -> model.step(1);
      case LEFT -> model.stepSideways(false);
      case RIGHT -> model.stepSideways(true);
      case PAGE_UP -> model.step(-PAGE);
      case PAGE_DOWN -> model.step(PAGE);
      case HOME -> model.step(Integer.MIN_VALUE / 2);
      case END -> model.step(Integer.MAX_VALUE / 2);
      default -> {
        return;
      }
    }
    event.consume();
  }

  private void hover(Optional<Integer> layer, MouseEvent event) {
    if (!layer.equals(hover)) {
      hover = layer;
      tip.setVisible(layer.isPresent());
      layer.ifPresent(
          index -> {
            tip.setText(
                network
                    .contentProperty()
                    .get()
                    .map(c -> NetworkViewModel.describe(c.table().rows().get(index)))
                    .orElse(""));
            tip.applyCss();
            tip.autosize();
          });
      marks.repaint();
    }
    if (tip.isVisible()) {
      double width = tip.prefWidth(-1);
      double height = tip.prefHeight(-1);
      double y = event.getY() + TIP_OFFSET;
      tip.relocate(
          Math.max(0, Math.min(event.getX() + TIP_OFFSET, base.getWidth() - width - 6)),
          y + height > base.getHeight() ? event.getY() - height - 6 : y);
    }
  }

  private Optional<GraphDrawing> drawing() {
    return model
        .viewportProperty()
        .get()
        .flatMap(
            viewport -> network.contentProperty().get().map(c -> new GraphDrawing(c, viewport)));
  }

  private void resized() {
    if (base.getWidth() > SMALLEST && base.getHeight() > SMALLEST) {
      model.resize(base.getWidth(), base.getHeight());
    }
  }

  private void refresh() {
    hover = Optional.empty();
    tip.setVisible(false);
    base.repaint();
    marks.repaint();
    overview.repaint();
  }

  private void paintBase(Graphics2D g, double width, double height) {
    drawing().ifPresent(drawing -> new GraphPainter(style.getValue()).paint(g, drawing));
  }

  private void paintMarks(Graphics2D g, double width, double height) {
    drawing()
        .ifPresent(
            drawing -> {
              GraphPainter painter = new GraphPainter(style.getValue());
              hover.ifPresent(layer -> painter.paintMark(g, drawing, layer, false));
              network
                  .selectionProperty()
                  .get()
                  .filter(layer -> layer < drawing.content().table().rows().size())
                  .ifPresent(layer -> painter.paintMark(g, drawing, layer, true));
            });
  }

  private void paintOverview(Graphics2D g, double width, double height) {
    drawing()
        .ifPresent(
            drawing -> new OverviewPainter(style.getValue()).paint(g, drawing, width, height));
  }
}
