/**
 * The drawing of a network: every layer in a place below its inputs, branches beside each other,
 * tensors that skip layers in tracks at the side. Layouts take time nearly in proportion to the
 * number of layers.
 */
package org.edgeld.workbench.chart.graph;
