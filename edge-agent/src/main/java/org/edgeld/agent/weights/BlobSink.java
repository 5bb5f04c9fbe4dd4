package org.edgeld.agent.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.edgeld.message.BlobRef;

/**
 * Content on its way into a {@link WeightCache}. Nothing is kept unless {@link #finish} succeeds; a
 * sink is used by one thread at a time and always closed.
 */
public final class BlobSink implements AutoCloseable {
  private final BlobRef ref;
  private final Path part;
  private final Path target;
  private final FileChannel channel;
  private final MessageDigest digest;
  private long written;

  BlobSink(BlobRef ref, Path part, Path target) throws IOException {
    this.ref = ref;
    this.part = part;
    this.target = target;
    this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  /**
   * Takes the next piece.
   *
   * @param offset where the piece belongs; pieces come in order and without gaps
   * @param piece its remaining bytes are consumed
   * @throws IOException if the piece is not the next one, if it exceeds the announced length, or if
   *     the disk fails
   */
  public void accept(long offset, ByteBuffer piece) throws IOException {
    if (offset != written || piece.remaining() > ref.bytes() - written) {
      throw new IOException(
          "A piece of %s at %d of %d bytes does not follow the %d bytes received of %d."
              .formatted(ref.sha256(), offset, piece.remaining(), written, ref.bytes()));
    }
    digest.update(piece.duplicate());
    while (piece.hasRemaining()) {
      written += channel.write(piece);
    }
  }

  /** Returns the bytes taken so far. */
  public long writtenBytes() {
    return written;
  }

  /** Tells whether every announced byte has come. */
  public boolean isComplete() {
    return written == ref.bytes();
  }

  /**
   * Verifies the content and makes it visible in the cache, all at once.
   *
   * @throws IOException if bytes are missing, if the digest is not the announced one, or if the
   *     disk fails
   */
  public void finish() throws IOException {
    if (!isComplete()) {
      throw new IOException(
          "The content %s ended after %d of %d bytes. Maybe the sender stopped."
              .formatted(ref.sha256(), written, ref.bytes()));
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(ref.sha256().hex())) {
      throw new IOException(
          "The content %s arrived as %s. Maybe it was damaged on the way."
              .formatted(ref.sha256(), actual));
    }
    channel.close();
    // another process may have brought the same content meanwhile; replacing it changes nothing
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Drops the content unless it was finished. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
