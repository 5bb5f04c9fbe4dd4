package org.edgeld.agent.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.message.BlobRef;
import org.edgeld.model.WeightRef;

/** All weights a device can give: seeded ones computed, stored ones from the cache. */
public final class ModelWeights implements WeightProvider {
  private final WeightCache cache;
  private final SeededWeights seeded = new SeededWeights();

  public ModelWeights(WeightCache cache) {
    this.cache = cache;
  }

  @Override
  public void read(WeightRef ref, long firstElement, ByteBuffer target) throws IOException {
    if (!(ref instanceof WeightRef.Stored stored)) {
      seeded.read(ref, firstElement, target);
      return;
    }
    ByteBuffer bytes = target.slice();
    if (!cache.read(blob(stored), firstElement * Float.BYTES, bytes)) {
      throw new IOException(
          "The weights %s (%s, %d bytes) are not on this device. Maybe the workbench has not sent them."
              .formatted(stored.sha256(), stored.dims(), stored.bytes()));
    }
    // stored weights are little-endian on every processor
    if (target.order() != ByteOrder.LITTLE_ENDIAN) {
      for (int i = 0; i < bytes.limit(); i += Integer.BYTES) {
        bytes.putInt(i, Integer.reverseBytes(bytes.getInt(i)));
      }
    }
  }

  /** Returns what stored weights are called on the wire and in the cache. */
  public static BlobRef blob(WeightRef.Stored ref) {
    return new BlobRef(ref.sha256(), ref.bytes());
  }
}
