/**
 * What measured samples say: medians with bootstrap intervals, outliers, differences and the noise
 * floor. Everything is seeded, so the same samples always say the same.
 */
package org.edgeld.workbench.experiment.statistics;
