/**
 * Runs plans on a cluster: deploys, measures beside its baselines, and compares every output with
 * the undivided network. The end of a run is a value, completed or failed with device, step and
 * cause.
 */
package org.edgeld.workbench.run;
