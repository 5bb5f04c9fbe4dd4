package org.edgeld.workbench.cli;

import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobCancelledException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which network. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME|FILE",
      required = true,
      description = "Name of the model, which 'models' lists, or path of an .onnx file.")
  private String model;

  @Mixin private InputSizeOptions size = new InputSizeOptions();

  /** Returns the network. */
  Model model(CliContext context) throws BadInputException, JobCancelledException {
    return size.of(model).open(context);
  }
}
