package org.edgeld.workbench.ui.experiment;

import java.util.Optional;
import org.edgeld.workbench.plan.Method;

/**
 * All choices at one moment.
 *
 * @param model the network
 * @param inputSize height of its input; in networks of the catalogue also its width
 * @param method how to divide it
 * @param loaded the plan itself, if it comes from a file; the choices are those it was made for
 */
public record ExperimentOptions(
    NetworkChoice model, int inputSize, Method method, Optional<LoadedPlan> loaded) {}
