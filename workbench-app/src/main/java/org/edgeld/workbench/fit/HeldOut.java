package org.edgeld.workbench.fit;

/**
 * A box of a layer, predicted by a fit that knows the other layers of its class but not this one.
 *
 * @param layerIndex the layer
 * @param kind its class
 * @param whole whether the box is the whole output
 * @param measuredNanos what it took
 * @param predictedNanos what the fit says
 * @param error {@code predicted/measured − 1}; of what takes less than 10 µs the difference over 10
 *     µs
 */
public record HeldOut(
    int layerIndex,
    OperatorClass kind,
    boolean whole,
    double measuredNanos,
    double predictedNanos,
    double error) {}
