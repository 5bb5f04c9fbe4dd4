package org.edgeld.workbench.onnx.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.model.WeightSource;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.onnx.lower.Weight;

/**
 * A folder of weights: float32, little-endian, each file named by the SHA-256 of its bytes. A file
 * appears under its name only whole, and is verified when this process first reads it. Several
 * processes may share the folder. Thread-safe.
 */
public final class WeightStore implements WeightSource {
  private static final int CHUNK = 1 << 16;
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final Set<Sha256> verified = ConcurrentHashMap.newKeySet();

  /** Told how writing proceeds. */
  @FunctionalInterface
  public interface Progress {
    /**
     * More bytes are written.
     *
     * @throws JobCancelledException to stop
     */
    void written(int bytes) throws JobCancelledException;
  }

  /**
   * Opens a store.
   *
   * @param folder created when something is first written
   */
  public WeightStore(Path folder) {
    this.folder = folder;
  }

  /** Returns where the files are. */
  Path folder() {
    return folder;
  }

  /** Tells whether weights are here, of the right size. */
  boolean has(Sha256 sha256, long bytes) {
    try {
      return Files.size(file(sha256)) == bytes;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Computes and writes a weight.
   *
   * @return the digest of its bytes
   * @throws IOException if the disk fails
   * @throws JobCancelledException if {@code progress} says so; nothing is kept then
   */
  Sha256 write(Weight weight, Progress progress) throws IOException, JobCancelledException {
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, "weight", UNFINISHED);
    try {
      Sha256 sha256 = writeTo(part, weight, progress);
      Files.move(part, file(sha256), StandardCopyOption.ATOMIC_MOVE);
      return sha256;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Sha256 writeTo(Path part, Weight weight, Progress progress)
      throws IOException, JobCancelledException {
    float[] chunk = new float[CHUNK];
    ByteBuffer bytes =
        ByteBuffer.allocate(CHUNK * TensorShape.ELEMENT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    MessageDigest digest = digest();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      int count = weight.dims().size();
      for (int start = 0; start < count; start += CHUNK) {
        int elements = Math.min(CHUNK, count - start);
        weight.elements().read(start, chunk, elements);
        bytes.clear();
        bytes.asFloatBuffer().put(chunk, 0, elements);
        bytes.limit(elements * TensorShape.ELEMENT_BYTES);
        digest.update(bytes.duplicate());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        progress.written(elements * TensorShape.ELEMENT_BYTES);
      }
    }
    return new Sha256(HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  @Override
  public ByteBuffer read(WeightRef.Stored ref) throws IOException {
    try (FileChannel channel = FileChannel.open(file(ref.sha256()), StandardOpenOption.READ)) {
      if (channel.size() == ref.bytes()) {
        ByteBuffer content =
            channel
                .map(FileChannel.MapMode.READ_ONLY, 0, ref.bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        if (verified.contains(ref.sha256()) || Sha256.of(content).equals(ref.sha256())) {
          verified.add(ref.sha256());
          return content;
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(
          "The weights %s are no longer in %s. Maybe open the model again."
              .formatted(ref.sha256(), folder),
          e);
    }
    Files.deleteIfExists(file(ref.sha256()));
    throw new IOException(
        "The weights %s in %s were damaged. Maybe open the model again."
            .formatted(ref.sha256(), folder));
  }

  private Path file(Sha256 sha256) {
    return folder.resolve(sha256.hex());
  }
}
