package org.edgeld.workbench.run;

/**
 * One class of a network's answer.
 *
 * @param index output index
 * @param label class name, or the index as text if the model has no labels
 * @param probability softmax of the output
 */
public record Prediction(int index, String label, double probability) {}
