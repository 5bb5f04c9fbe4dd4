package org.edgeld.agent.profile;

/**
 * Median times in the order of a {@code ProfileSpec}.
 *
 * @param tileNanos per tile
 * @param gridNanos per grid point
 */
public record ComputeTimes(long[] tileNanos, long[] gridNanos) {}
