package org.edgeld.samples.training;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Square grey pictures with their classes, in memory, read from a pair of gzipped IDX files as
 * MNIST and Fashion-MNIST come (LeCun et al., 1998).
 */
final class LabelledImages {
  private static final int IMAGES_MAGIC = 0x803;
  private static final int LABELS_MAGIC = 0x801;

  private final int side;
  private final byte[] pixels;
  private final byte[] labels;

  private LabelledImages(int side, byte[] pixels, byte[] labels) {
    this.side = side;
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Reads one part of the data set.
   *
   * @param folder where the files are
   * @param part {@code train} or {@code t10k}
   * @throws IOException if a file is missing or not what its name says
   */
  static LabelledImages read(Path folder, String part) throws IOException {
    Path imageFile = folder.resolve(part + "-images-idx3-ubyte.gz");
    Path labelFile = folder.resolve(part + "-labels-idx1-ubyte.gz");
    int side;
    byte[] pixels;
    try (DataInputStream in = open(imageFile, IMAGES_MAGIC)) {
      int count = in.readInt();
      side = in.readInt();
      int columns = in.readInt();
      if (count < 1 || side < 1 || side > 1024 || side != columns) {
        throw new IOException(
            "The file %s holds %d pictures of %d×%d, not square ones. Maybe it is damaged."
                .formatted(imageFile, count, side, columns));
      }
      pixels = readAll(in, imageFile, Math.multiplyExact(count, side * side));
    }
    try (DataInputStream in = open(labelFile, LABELS_MAGIC)) {
      int count = in.readInt();
      if ((long) count * side * side != pixels.length) {
        throw new IOException(
            "The file %s holds %d labels, %s another number of pictures. Maybe they are of two data sets."
                .formatted(labelFile, count, imageFile));
      }
      return new LabelledImages(side, pixels, readAll(in, labelFile, count));
    }
  }

  private static DataInputStream open(Path file, int magic) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(
          "There is no file %s. Maybe install the Debian package dataset-fashion-mnist or name the folder."
              .formatted(file));
    }
    InputStream raw = Files.newInputStream(file);
    try {
      DataInputStream in = new DataInputStream(new GZIPInputStream(raw, 1 << 16));
      int found = in.readInt();
      if (found != magic) {
        throw new IOException(
            "The file %s starts with %#x, not %#x. Maybe it is no IDX file."
                .formatted(file, found, magic));
      }
      return in;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static byte[] readAll(InputStream in, Path file, int bytes) throws IOException {
    byte[] content = in.readNBytes(bytes);
    if (content.length != bytes) {
      throw new IOException(
          "The file %s ends after %d of %d values. Maybe it is damaged."
              .formatted(file, content.length, bytes));
    }
    return content;
  }

  /** Returns the number of pictures. */
  int count() {
    return labels.length;
  }

  /** Returns the number of rows, and of columns, of each picture. */
  int side() {
    return side;
  }

  /** Returns a grey value, 0 to 255. */
  int pixel(int image, int row, int column) {
    return pixels[(image * side + row) * side + column] & 0xFF;
  }

  /** Returns the class of a picture. */
  int label(int image) {
    return labels[image];
  }

  /** Returns the mean of all grey values in 0..1. */
  double mean() {
    double sum = 0;
    for (byte pixel : pixels) {
      sum += pixel & 0xFF;
    }
    return sum / 255 / pixels.length;
  }

  /** Returns the standard deviation of all grey values in 0..1. */
  double deviation() {
    double mean = mean();
    double sum = 0;
    for (byte pixel : pixels) {
      double difference = (pixel & 0xFF) / 255.0 - mean;
      sum += difference * difference;
    }
    return Math.sqrt(sum / pixels.length);
  }
}
