/** Kept runs compared: medians, differences with intervals, and whether that is more than noise. */
package org.edgeld.workbench.experiment.runs;
