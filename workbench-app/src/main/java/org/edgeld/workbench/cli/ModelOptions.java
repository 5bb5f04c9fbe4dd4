package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.Optional;
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

  /** Returns the file of the network; empty for a built-in one. */
  Optional<Path> file() {
    return ModelChoice.isFile(model) ? Optional.of(Path.of(model)) : Optional.empty();
  }
}
