package org.edgeld.samples.training;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small data sets as the training program reads them. */
final class IdxFolder {
  static final String IMAGES = "train-images-idx3-ubyte.gz";
  static final String LABELS = "train-labels-idx1-ubyte.gz";

  private IdxFolder() {}

  /** Writes pictures of {@code side × side} pixels, all in one array, and their classes. */
  static void write(Path folder, int side, byte[] pixels, byte[] labels) throws IOException {
    writeFile(folder.resolve(IMAGES), pixels, 0x803, labels.length, side, side);
    writeFile(folder.resolve(LABELS), labels, 0x801, labels.length);
  }

  static void writeFile(Path file, byte[] content, int... header) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
      for (int value : header) {
        out.writeInt(value);
      }
      out.write(content);
    }
  }
}
