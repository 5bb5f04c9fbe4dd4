package org.edgeld.workbench.experiment.spec;

import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.split.SplitStrategies;

/**
 * What a specification may name.
 *
 * @param strategies the strategies
 * @param fusions the fusion rules
 * @param networks the networks
 */
public record Choices(SplitStrategies strategies, FusionRules fusions, Networks networks) {}
