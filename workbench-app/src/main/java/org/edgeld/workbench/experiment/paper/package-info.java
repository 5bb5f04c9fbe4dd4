/**
 * The measurements of EdgeLD (Xue et al., HPCC 2020) as a sweep, and its tables and figures with
 * the paper's values beside ours.
 */
package org.edgeld.workbench.experiment.paper;
