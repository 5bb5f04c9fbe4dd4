package org.edgeld.workbench.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** How large the input of a network is. */
final class InputSizeOptions {
  @Option(
      names = "--input-size",
      paramLabel = "PIXELS",
      description = "Height and width of the input. Default: the model's own.")
  private Optional<Integer> inputSize = Optional.empty();

  @Option(
      names = "--height",
      paramLabel = "PIXELS",
      description = "Height of the input of an .onnx file. Default: the file's own.")
  private Optional<Integer> height = Optional.empty();

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      description = "Width of the input of an .onnx file. Default: the file's own.")
  private Optional<Integer> width = Optional.empty();

  /** Returns the network of a name or path, at this size. */
  ModelChoice of(String name) {
    return new ModelChoice(name, inputSize, height, width);
  }

  /** Checks that no size is given where no network is. */
  void checkNone() throws BadInputException {
    if (inputSize.isPresent()) {
      throw new BadInputException(
          "--input-size needs a model. Maybe: models vgg16 --input-size " + inputSize.get());
    }
    if (height.isPresent() || width.isPresent()) {
      throw new BadInputException(
          "--height and --width need an ONNX file. Maybe: models net.onnx --height 240 --width 320");
    }
  }
}
