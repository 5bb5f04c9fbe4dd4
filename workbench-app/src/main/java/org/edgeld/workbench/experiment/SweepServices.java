package org.edgeld.workbench.experiment;

import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.run.Runner;

/**
 * What a sweep works with.
 *
 * @param directory starts and finds agents
 * @param profiler measures them
 * @param planner plans for them
 * @param runner runs plans on them
 * @param networks what is computed
 */
public record SweepServices(
    AgentDirectory directory,
    Profiler profiler,
    Planner planner,
    Runner runner,
    Networks networks) {}
