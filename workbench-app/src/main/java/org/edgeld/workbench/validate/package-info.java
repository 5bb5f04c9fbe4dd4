/**
 * Predictions beside measurements: plans of many kinds are predicted, run on emulated clusters of
 * this computer, and compared, as a whole and step by step.
 */
package org.edgeld.workbench.validate;
