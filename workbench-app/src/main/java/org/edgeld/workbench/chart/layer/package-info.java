/** The layers of a network as a table, with what keeps a layer from being divided by rows. */
package org.edgeld.workbench.chart.layer;
