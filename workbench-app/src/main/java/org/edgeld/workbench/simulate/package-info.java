/**
 * Runs programs on a cost model instead of devices. The prediction has the form of a measured
 * trace.
 */
package org.edgeld.workbench.simulate;
