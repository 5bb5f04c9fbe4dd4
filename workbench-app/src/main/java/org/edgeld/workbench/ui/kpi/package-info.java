/** The figures on top: latency, speedups, redundancy, traffic, errors. */
package org.edgeld.workbench.ui.kpi;
