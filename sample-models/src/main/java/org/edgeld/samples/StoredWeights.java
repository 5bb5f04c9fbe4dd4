package org.edgeld.samples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.edgeld.model.GraphBuilder.WeightRequest;
import org.edgeld.model.Sha256;
import org.edgeld.model.WeightRef;
import org.edgeld.model.WeightSource;

/**
 * Trained weights that come with this module: one file of little-endian float32 tensors, and an
 * index that addresses its slices by SHA-256. What is read is checked against its digest.
 */
final class StoredWeights implements WeightSource {
  private final String file;
  private final WeightIndex index;

  private StoredWeights(String file, WeightIndex index) {
    this.file = file;
    this.index = index;
  }

  /**
   * Opens the weights in a folder of this module's resources.
   *
   * @param folder name of the folder beside this class
   * @throws UncheckedIOException if the module lacks them
   */
  static StoredWeights open(String folder) {
    try {
      String text = new String(resource(folder + "/weights.index"), StandardCharsets.UTF_8);
      return new StoredWeights(folder + "/weights.f32", WeightIndex.parse(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  WeightIndex index() {
    return index;
  }

  /** Returns what a layer refers to these weights by. */
  WeightRef ref(WeightRequest request) {
    String name = WeightIndex.name(request.layer(), request.bias());
    return new WeightRef.Stored(index.named(name).sha256(), request.dims());
  }

  @Override
  public ByteBuffer read(WeightRef.Stored ref) throws IOException {
    WeightIndex.Entry entry =
        index.entries().stream()
            .filter(candidate -> candidate.sha256().equals(ref.sha256()))
            .findFirst()
            .orElseThrow(() -> new IOException("No stored weights " + ref.sha256() + "."));
    byte[] all = resource(file);
    if (entry.offsetBytes() + ref.bytes() > all.length) {
      throw new IOException(
          "The weights file %s ends within %s. Maybe it is damaged.".formatted(file, entry.name()));
    }
    ByteBuffer content =
        ByteBuffer.wrap(all, Math.toIntExact(entry.offsetBytes()), Math.toIntExact(ref.bytes()))
            .slice()
            .asReadOnlyBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
    if (!Sha256.of(content).equals(ref.sha256())) {
      throw new IOException(
          "The weights %s in %s do not have their digest. Maybe the file is damaged."
              .formatted(entry.name(), file));
    }
    return content;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = StoredWeights.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new FileNotFoundException(
            "The resource " + name + " is missing. Maybe the jar is incomplete.");
      }
      return stream.readAllBytes();
    }
  }
}
