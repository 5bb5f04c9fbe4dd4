/**
 * Sweeps: many trials on one cluster after the other, each on disk before the next begins, so that
 * whatever ends a sweep costs one trial. {@link org.edgeld.workbench.experiment.Sweep} prints
 * nothing and tells a listener; so far only the command line listens.
 */
package org.edgeld.workbench.experiment;
