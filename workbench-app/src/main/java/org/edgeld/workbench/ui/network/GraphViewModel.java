package org.edgeld.workbench.ui.network;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.workbench.chart.graph.GraphLayout;
import org.edgeld.workbench.chart.graph.GraphNode;
import org.edgeld.workbench.chart.graph.GraphViewport;

/** Which part of the graph is seen, and moving the selection through it. */
public final class GraphViewModel {
  private static final double STEP = 1.25;

  private final NetworkViewModel network;
  private final ReadOnlyObjectWrapper<Optional<GraphViewport>> viewport =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private boolean fitted = true;

  /**
   * @param network what is drawn
   */
  public GraphViewModel(NetworkViewModel network) {
    this.network = network;
    network.networkProperty().addListener((o, was, is) -> fit());
    network.selectionProperty().addListener((o, was, is) -> is.ifPresent(this::show));
  }

  /** Returns the drawing. */
  public Optional<GraphLayout> layout() {
    return network.networkProperty().get().map(NetworkViewModel.Network::layout);
  }

  /** What is seen; empty before the place for it is known. */
  public ReadOnlyObjectProperty<Optional<GraphViewport>> viewportProperty() {
    return viewport.getReadOnlyProperty();
  }

  /** Takes over the size of the place on the screen, in pixels. */
  public void resize(double width, double height) {
    layout()
        .ifPresent(
            layout -> {
              Optional<GraphViewport> now = viewport.get();
              if (now.isEmpty()) {
                viewport.set(Optional.of(GraphViewport.fit(layout, width, height)));
                network.selectionProperty().get().ifPresent(this::show);
              } else if (now.get().width() != width || now.get().height() != height) {
                viewport.set(now.map(view -> view.resized(width, height).within(layout)));
                if (fitted) {
                  fit();
                  network.selectionProperty().get().ifPresent(this::show);
                }
              }
            });
  }

  /** Shows the whole drawing, or as much of it as can be read. */
  public void fit() {
    fitted = true;
    viewport.set(
        viewport
            .get()
            .flatMap(
                view ->
                    layout()
                        .map(layout -> GraphViewport.fit(layout, view.width(), view.height()))));
  }

  /** Draws larger. */
  public void zoomIn() {
    byHand(view -> zoomed(view, STEP, view.width() / 2, view.height() / 2));
  }

  /** Draws smaller. */
  public void zoomOut() {
    byHand(view -> zoomed(view, 1 / STEP, view.width() / 2, view.height() / 2));
  }

  /** Draws larger or smaller around a point of the screen. */
  public void zoom(boolean larger, double screenX, double screenY) {
    byHand(view -> zoomed(view, larger ? STEP : 1 / STEP, screenX, screenY));
  }

  private GraphViewport zoomed(GraphViewport view, double factor, double x, double y) {
    return view.zoomed(factor, x, y, layout().orElseThrow());
  }

  /** Moves the drawing by some pixels. */
  public void move(double right, double down) {
    byHand(view -> view.moved(right, down, layout().orElseThrow()));
  }

  /** Brings a share of the drawing's height, 0 to 1, into the middle. */
  public void jump(double share) {
    change(
        view -> {
          GraphLayout layout = layout().orElseThrow();
          return view.centredAt(share * layout.height(), layout);
        });
  }

  private void show(int layer) {
    change(
        view -> {
          GraphLayout layout = layout().orElseThrow();
          boolean exists = layer < layout.graph().layers().size();
          return exists ? view.showing(layout.ofLayer(layer), layout) : view;
        });
  }

  /** What a user arranged stays when the window changes its size. */
  private void byHand(UnaryOperator<GraphViewport> change) {
    fitted = false;
    change(change);
  }

  private void change(UnaryOperator<GraphViewport> change) {
    if (layout().isPresent()) {
      viewport.set(viewport.get().map(change));
    }
  }

  /** Returns the layer at a point of the screen. */
  public Optional<Integer> pick(double screenX, double screenY) {
    return viewport
        .get()
        .flatMap(
            view -> {
              var point = view.toLayout(screenX, screenY);
              return layout().flatMap(layout -> layout.pick(point.getX(), point.getY()));
            })
        .map(GraphNode::layer)
        .filter(layer -> layer >= 0);
  }

  /** Selects the layer some places further in the order of computation. */
  public void step(int layers) {
    layout()
        .ifPresent(
            layout -> {
              int last = layout.nodes().size() - 2;
              int next =
                  network
                      .selectionProperty()
                      .get()
                      .map(now -> Math.max(0, Math.min(last, now + layers)))
                      .orElse(0);
              network.selectionProperty().set(Optional.of(next));
            });
  }

  /** Selects the neighbour beside the selected layer, if there is one. */
  public void stepSideways(boolean right) {
    layout()
        .flatMap(layout -> network.selectionProperty().get().flatMap(l -> beside(layout, l, right)))
        .ifPresent(layer -> network.selectionProperty().set(Optional.of(layer)));
  }

  private static Optional<Integer> beside(GraphLayout layout, int layer, boolean right) {
    GraphNode from = layout.ofLayer(layer);
    return layout.nodes().stream()
        .filter(node -> node.rank() == from.rank() && node.layer() >= 0)
        .filter(node -> right ? node.x() > from.x() : node.x() < from.x())
        .min(Comparator.comparingDouble(node -> Math.abs(node.x() - from.x())))
        .map(GraphNode::layer);
  }
}
