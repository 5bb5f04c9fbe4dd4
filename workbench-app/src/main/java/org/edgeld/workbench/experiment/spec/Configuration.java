package org.edgeld.workbench.experiment.spec;

/**
 * What is measured, apart from how often.
 *
 * @param number position in the grid, from 0
 * @param boards the devices
 * @param network the network
 * @param devices how many take part, the head included
 * @param method how the network is divided
 */
public record Configuration(
    int number, Boards boards, Network network, int devices, Method method) {
  @Override
  public String toString() {
    return "%s on %d of %s with %s".formatted(network, devices, boards, method.label());
  }
}
