package org.edgeld.workbench.ui.sweep;

import java.util.Optional;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.spec.SweepSpec;

/**
 * A specification that is measured as it is: one of several grids, or that of the paper.
 *
 * @param title what it is
 * @param words what to know about it
 * @param spec the specification
 * @param reproduction what else is written at the end
 */
public record Given(
    String title, String words, SweepSpec spec, Optional<Reproduction> reproduction) {}
