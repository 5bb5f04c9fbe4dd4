package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.onnx.ImportOptions;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.onnx.graph.ModelFileException;

/**
 * The network that a user asks for: one of the catalogue by its name, or an ONNX file.
 *
 * @param name the name, or a path that ends in {@code .onnx}
 * @param inputSize height and width of the input
 * @param height height of a file's input
 * @param width width of a file's input
 */
record ModelChoice(
    String name, Optional<Integer> inputSize, Optional<Integer> height, Optional<Integer> width) {
  private static final String FILE_ENDING = ".onnx";

  /**
   * Makes or imports the network.
   *
   * @throws BadInputException if there is none of this name or size, or the file cannot be used
   * @throws JobCancelledException if the user stops an import
   */
  Model open(CliContext context) throws BadInputException, JobCancelledException {
    if (inputSize.isPresent() && (height.isPresent() || width.isPresent())) {
      throw new BadInputException(
          "--input-size is both height and width. Maybe leave it out beside --height and --width.");
    }
    if (isFile(name)) {
      return imported(context);
    }
    if (height.isPresent() || width.isPresent()) {
      throw new BadInputException(
          "--height and --width are for ONNX files, and \"%s\" is none. Maybe use --input-size."
              .formatted(name));
    }
    return context.catalogue().model(name, inputSize);
  }

  /** Tells whether a name is that of a file. */
  static boolean isFile(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(FILE_ENDING);
  }

  /** Weights go where local agents look for them, so that they are stored once. */
  private Model imported(CliContext context) throws BadInputException, JobCancelledException {
    try {
      return new OnnxImporter(context.settings().cacheDir())
          .open(Path.of(name), ImportOptions.of(extent(height), extent(width)), context.monitor());
    } catch (ModelFileException | IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private OptionalInt extent(Optional<Integer> own) {
    return own.or(() -> inputSize).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }
}
