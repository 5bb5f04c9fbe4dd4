package org.edgeld.workbench.cli;

import java.util.Optional;
import org.edgeld.model.Model;
import picocli.CommandLine.Option;

/** Which network. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      required = true,
      description = "Name of the model; 'models' lists them.")
  private String model;

  @Option(
      names = "--input-size",
      paramLabel = "PIXELS",
      description = "Height and width of the input. Default: the model's own.")
  private Optional<Integer> inputSize = Optional.empty();

  /** Returns the network. */
  Model model(Catalogue catalogue) throws BadInputException {
    return catalogue.model(model, inputSize);
  }
}
