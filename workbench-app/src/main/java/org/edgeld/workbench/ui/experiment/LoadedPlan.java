package org.edgeld.workbench.ui.experiment;

import org.edgeld.workbench.planfile.SavedPlan;

/**
 * A plan from a file, in place of one that is made.
 *
 * @param file its name
 * @param plan what it says
 */
public record LoadedPlan(String file, SavedPlan plan) {}
