package org.edgeld.workbench.results;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes files so that a reader, a crash or a full disk never meets half of one: into a neighbour
 * first, which then takes the place of the old file.
 */
public final class WholeFile {
  private static final String PART = ".part";
  private static final Duration WRITTEN_AFTER = Duration.ofSeconds(10);

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
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.WRITE))) {
        content.writeTo(out);
      }
      return;
    }
    Path place = resolved(target);
    Path neighbour =
        place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + PART);
    try {
      writeThrough(neighbour, content);
      replace(neighbour, place);
    } finally {
      Files.deleteIfExists(neighbour);
    }
  }

  /** Tells whether a file of this name is what a writer that was killed has left. */
  public static boolean isLeftover(String name) {
    return name.startsWith(".") && name.endsWith(PART);
  }

  /**
   * Deletes what writers that were killed have left in a folder. What was changed in the last ten
   * seconds stays, for its writer may be at work.
   */
  public static void deleteLeftovers(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant written = Instant.now().minus(WRITTEN_AFTER);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
      for (Path part : parts) {
        if (isWrittenBefore(part, written)) {
          Files.deleteIfExists(part);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isWrittenBefore(Path part, Instant instant) throws IOException {
    try {
      return Files.getLastModifiedTime(part).toInstant().isBefore(instant);
    } catch (NoSuchFileException e) {
      return false; // its writer is done meanwhile
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
    Path probe = folder.resolve("." + UUID.randomUUID() + PART);
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

  /** Writes a new file that is on the disk itself at the end, or it could replace an old one. */
  private static void writeThrough(Path file, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.writeTo(out);
      out.flush();
      channel.force(true);
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
