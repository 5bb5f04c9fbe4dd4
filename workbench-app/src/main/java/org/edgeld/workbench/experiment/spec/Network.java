package org.edgeld.workbench.experiment.spec;

/**
 * A network at a size.
 *
 * @param model name of a built-in model, or path of an ONNX file
 * @param inputSize height and width of the input in pixels
 */
public record Network(String model, int inputSize) {
  @Override
  public String toString() {
    return inputSize == 0 ? model : model + " " + inputSize + "×" + inputSize;
  }
}
