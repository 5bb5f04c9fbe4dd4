package org.edgeld.agent.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.edgeld.message.BlobRef;
import org.edgeld.model.Sha256;

/**
 * Content-addressed files: each is named by the SHA-256 of its bytes, so it never changes and can
 * be shared by several agents of one computer. A file appears under its name only whole and
 * verified; it is verified again when this process first opens it, and dropped if the disk spoiled
 * it. Thread-safe.
 */
public final class WeightCache {
  static final String UNFINISHED = ".part";
  private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

  private final Path directory;
  private final Set<Sha256> verified = ConcurrentHashMap.newKeySet();

  /**
   * Opens a cache.
   *
   * @param directory created if missing
   * @throws IOException if the directory cannot be made or read
   */
  public WeightCache(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    deleteAbandoned();
  }

  private void deleteAbandoned() throws IOException {
    FileTime limit = FileTime.from(Instant.now().minus(ABANDONED_AFTER));
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
      for (Path part : parts) {
        try {
          if (Files.getLastModifiedTime(part).compareTo(limit) < 0) {
            Files.deleteIfExists(part);
          }
        } catch (NoSuchFileException e) {
          // another process finished or deleted it meanwhile
          continue;
        }
      }
    }
  }

  /**
   * Maps content into memory, read-only.
   *
   * @return the content, or nothing if it is not here or was spoiled; then it has to be fetched
   *     again
   * @throws IOException if the disk fails
   */
  public Optional<ByteBuffer> open(BlobRef ref) throws IOException {
    if (ref.bytes() > Integer.MAX_VALUE) {
      throw new IOException(
          "The content %s (%d bytes) exceeds 2 GiB.".formatted(ref.sha256(), ref.bytes()));
    }
    Path file = file(ref);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == ref.bytes()) {
        ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, ref.bytes());
        if (verified.contains(ref.sha256()) || Sha256.of(content).equals(ref.sha256())) {
          verified.add(ref.sha256());
          return Optional.of(content);
        }
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Files.deleteIfExists(file);
    return Optional.empty();
  }

  /** Starts to write content that comes piece by piece. */
  public BlobSink begin(BlobRef ref) throws IOException {
    Path part = Files.createTempFile(directory, ref.sha256().hex(), UNFINISHED);
    return new BlobSink(ref, part, file(ref));
  }

  private Path file(BlobRef ref) {
    return directory.resolve(ref.sha256().hex());
  }
}
