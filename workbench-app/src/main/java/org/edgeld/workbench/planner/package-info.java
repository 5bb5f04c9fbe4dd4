/**
 * From a request to checked programs with a prediction: strategy, validation, compilation, symbolic
 * check, simulation, memory. The data they exchange is in {@code workbench.plan}.
 */
package org.edgeld.workbench.planner;
