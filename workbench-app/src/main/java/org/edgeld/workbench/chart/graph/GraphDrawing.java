package org.edgeld.workbench.chart.graph;

/**
 * A network ready to be painted.
 *
 * @param content its layers
 * @param viewport what is seen
 */
public record GraphDrawing(GraphContent content, GraphViewport viewport) {
  /** Returns the places of the layers. */
  public GraphLayout layout() {
    return content.layout();
  }
}
