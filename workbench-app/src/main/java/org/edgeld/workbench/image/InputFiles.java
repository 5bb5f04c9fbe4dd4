package org.edgeld.workbench.image;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks that an input file can be read, before long work starts. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Checks that {@code file} can be opened.
   *
   * @throws InputException with a sentence for the user
   */
  public static void checkReadable(Path file) throws InputException {
    if (!Files.exists(file)) {
      throw new InputException(
          "Cannot read %s: there is no such file. Maybe check the spelling.".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new InputException(
          "Cannot read %s: it is a folder. Maybe a file name is missing after it.".formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw new InputException(
          "Cannot read %s: reading is not permitted. Maybe it belongs to another user."
              .formatted(file));
    }
  }
}
