/** The speedup chart: how much faster than local and than one remote device, with intervals. */
package org.edgeld.workbench.chart.speedup;
