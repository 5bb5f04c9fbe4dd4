/** The fit chart: what a fit predicts of layers it has not seen, against what they took. */
package org.edgeld.workbench.chart.fit;
