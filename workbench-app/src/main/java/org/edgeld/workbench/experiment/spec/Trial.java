package org.edgeld.workbench.experiment.spec;

/**
 * One measurement of a configuration.
 *
 * @param configuration what is measured
 * @param twin whether it is the second of two equal measurements, for the noise floor
 * @param round counts the measurements of the configuration from 0
 */
public record Trial(Configuration configuration, boolean twin, int round) {
  /** Returns a name that no other trial of the sweep has, such as {@code c007-r0}. */
  public String id() {
    return "c%03d%s-r%d".formatted(configuration.number(), twin ? "-twin" : "", round);
  }
}
