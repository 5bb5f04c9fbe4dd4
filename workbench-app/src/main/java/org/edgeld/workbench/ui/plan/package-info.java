/**
 * Planning as the window does it: at once after every change, on the measured profile if there is
 * one and otherwise on an estimate that is labelled as such.
 */
package org.edgeld.workbench.ui.plan;
