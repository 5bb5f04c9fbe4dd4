/**
 * What measured samples say: medians with intervals, differences, outliers and the noise floor.
 * Everything is seeded, so the same samples always say the same.
 */
package org.edgeld.workbench.experiment.statistics;
