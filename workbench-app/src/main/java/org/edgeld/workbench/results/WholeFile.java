package org.edgeld.workbench.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files so that a reader, a crash or a full disk never meets half of one: into a neighbour
 * first, which then takes the place of the old file.
 */
public final class WholeFile {
  private WholeFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is buffered and closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Replaces or creates {@code target}. A device or pipe is written to directly.
   *
   * @throws IOException with the old file, if any, untouched
   */
  public static void write(Path target, Content content) throws IOException {
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      writeStream(target, content, StandardOpenOption.WRITE);
      return;
    }
    Path place = resolved(target);
    Path neighbour =
        place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      writeStream(neighbour, content, StandardOpenOption.CREATE_NEW);
      replace(neighbour, place);
    } finally {
      Files.deleteIfExists(neighbour);
    }
  }

  /**
   * Tells, before long work starts, why {@code target} could not be written afterwards.
   *
   * @throws IOException with a sentence for the user
   */
  public static void checkWritable(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(
          "Cannot write %s: it is a folder. Maybe a file name is missing after it."
              .formatted(target));
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      return; // a device or pipe: only writing tells
    }
    Path folder = resolved(target).getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "Cannot write %s: the folder %s. Maybe create it first, or check the spelling."
              .formatted(target, Files.exists(folder) ? "is a file" : "does not exist"));
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new IOException(
          "Cannot write %s: the file is read-only. Maybe choose another name.".formatted(target));
    }
    Path probe = folder.resolve("." + UUID.randomUUID() + ".part");
    try {
      Files.createFile(probe);
    } catch (IOException e) {
      throw new IOException(
          "Cannot write %s: no file can be created in its folder. Maybe it belongs to another user."
              .formatted(target),
          e);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static void writeStream(Path file, Content content, StandardOpenOption option)
      throws IOException {
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE, option))) {
      content.writeTo(out);
    }
  }

  private static void replace(Path neighbour, Path place) throws IOException {
    try {
      Files.move(neighbour, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(neighbour, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A link stays a link: the file it points at is replaced. */
  private static Path resolved(Path target) throws IOException {
    return Files.isSymbolicLink(target) && Files.exists(target)
        ? target.toRealPath()
        : target.toAbsolutePath();
  }
}
