package org.edgeld.workbench.chart.graph;

import java.awt.geom.Path2D;

/**
 * A tensor on its way to one of its readers.
 *
 * @param from index of the tensor
 * @param to index of the tensor that the reader makes
 * @param skips whether it passes layers by
 * @param path from the one to the other, never upwards
 */
public record GraphEdge(int from, int to, boolean skips, Path2D path) {}
