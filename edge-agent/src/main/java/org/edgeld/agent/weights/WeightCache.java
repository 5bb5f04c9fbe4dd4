package org.edgeld.agent.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
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
  private static final int PIECE_BYTES = 1 << 16;
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
   * Tells whether content is here, whole and as its digest says. What the disk spoiled is dropped
   * and has to be fetched again.
   *
   * @throws IOException if the disk fails
   */
  public boolean contains(BlobRef ref) throws IOException {
    Path file = file(ref);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() == ref.bytes()
          && (verified.contains(ref.sha256()) || digest(channel).equals(ref.sha256()))) {
        verified.add(ref.sha256());
        return true;
      }
    } catch (NoSuchFileException e) {
      return false;
    }
    Files.deleteIfExists(file);
    return false;
  }

  /**
   * Reads part of content, and nothing else of it if it was verified before. The file is not
   * mapped: what is read of a mapped one stays resident until the collector finds the mapping.
   *
   * @param offset where the part begins
   * @param target is filled, if the content is here
   * @return whether it is
   * @throws IOException if the part is not within the content, or if the disk fails
   */
  public boolean read(BlobRef ref, long offset, ByteBuffer target) throws IOException {
    if (offset < 0 || target.remaining() > ref.bytes() - offset) {
      throw new IOException(
          "The part of %d bytes at %d is not within the %d bytes of %s."
              .formatted(target.remaining(), offset, ref.bytes(), ref.sha256()));
    }
    if (!contains(ref)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file(ref), StandardOpenOption.READ)) {
      channel.position(offset);
      while (target.hasRemaining()) {
        if (channel.read(target) < 0) {
          throw new EOFException("The file of " + ref.sha256() + " became shorter.");
        }
      }
    }
    return true;
  }

  private static Sha256 digest(FileChannel channel) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
    while (channel.read(piece.clear()) >= 0) {
      digest.update(piece.flip());
    }
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
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
