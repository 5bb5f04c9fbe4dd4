package org.edgeld.workbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.results.WholeFile;

/**
 * Writes the files of a finished command. One that cannot be written does not keep the others from
 * being written, and what is text then goes to standard output, so that nothing measured is lost.
 */
final class ResultFiles {
  private final Console console;
  private boolean complete = true;

  ResultFiles(Console console) {
    this.console = console;
  }

  /** Writes a file. */
  @FunctionalInterface
  interface Writer {
    void write(Path file) throws IOException;
  }

  /** Makes the text that stands in for a file. */
  @FunctionalInterface
  interface Text {
    String get();
  }

  /** Checks before long work starts that a file could be written. */
  static void checkWritable(Path file) throws BadInputException {
    try {
      WholeFile.checkWritable(file);
    } catch (IOException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Checks before long work starts that a file, if wanted, could be written. */
  static void checkWritable(Optional<Path> file) throws BadInputException {
    if (file.isPresent()) {
      checkWritable(file.get());
    }
  }

  /** Writes a file if it is wanted. */
  ResultFiles write(Optional<Path> file, Writer writer) {
    return write(file, writer, () -> "");
  }

  /** Writes a file if it is wanted, or else its text to standard output. */
  ResultFiles write(Optional<Path> file, Writer writer, Text instead) {
    if (file.isPresent()) {
      try {
        writer.write(file.get());
      } catch (IOException e) {
        complete = false;
        console.warn(
            "Cannot write %s: %s. Maybe the disk is full or the folder is gone."
                .formatted(file.get(), reason(e)));
        console.print(instead.get());
      }
    }
    return this;
  }

  /** Returns the exit code that these files deserve. */
  int exitCode() {
    return complete ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
