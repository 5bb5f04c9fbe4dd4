package org.edgeld.workbench.results;

import java.util.Optional;

/**
 * How a run was asked for, as far as its result does not say.
 *
 * @param scheme the preset that chose strategy, fusion, routing and head role; empty if none did
 * @param input where the input came from, in words: a file name or how it was made
 * @param warmup repeats of each configuration before measuring
 * @param repeats measured repeats of each configuration
 * @param seed of a synthetic input and of the order in which configurations are interleaved
 */
public record RunDetails(
    Optional<String> scheme, String input, int warmup, int repeats, long seed) {}
