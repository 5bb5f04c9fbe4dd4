/**
 * Sweeps: many trials on one cluster after the other, each on disk before the next begins, so that
 * whatever ends a sweep costs one trial. Command line and window are two listeners of {@link
 * org.edgeld.workbench.experiment.Sweep}.
 */
package org.edgeld.workbench.experiment;
