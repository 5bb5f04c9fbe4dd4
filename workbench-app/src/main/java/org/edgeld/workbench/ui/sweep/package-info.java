/**
 * Sweeps in the window: a designer of specifications, and the progress and results of the one that
 * is measured. Files and folders are those of the command line.
 */
package org.edgeld.workbench.ui.sweep;
