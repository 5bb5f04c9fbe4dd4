package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.geometry.Region;

/**
 * A region of one tensor in direct memory, kept until the frame and every send under way have let
 * go of it.
 */
final class SharedRegion {
  private final Region region;
  private final ByteBuffer bytes;
  private final Runnable free;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * @param region which part of the tensor
   * @param bytes NHWC, exactly the region
   * @param free called once when nobody holds it any more, on the last holder's thread
   */
  SharedRegion(Region region, ByteBuffer bytes, Runnable free) {
    if (bytes.remaining() != region.bytes()) {
      throw new IllegalStateException(
          "The region %s of %d bytes does not fill %d bytes."
              .formatted(region, region.bytes(), bytes.remaining()));
    }
    this.region = region;
    this.bytes = bytes.slice();
    this.free = free;
  }

  Region region() {
    return region;
  }

  /** Returns a view of {@code part}, which lies within this region and in one piece. */
  ByteBuffer view(Region part) {
    requireWithin(part);
    if (!Nhwc.inOnePiece(part, region)) {
      throw new IllegalStateException("%s lies in pieces within %s.".formatted(part, region));
    }
    return bytes
        .slice(Nhwc.offsetBytes(part, region), (int) part.bytes())
        .order(ByteOrder.nativeOrder());
  }

  /** Copies a part that both hold to {@code target}; {@link Nhwc#copy} says what that costs. */
  void copyTo(SharedRegion target, Region part) {
    requireWithin(part);
    target.requireWithin(part);
    Nhwc.copy(part, bytes, region, target.bytes, target.region);
  }

  private void requireWithin(Region part) {
    if (!region.contains(part)) {
      throw new IllegalStateException("%s is not within %s.".formatted(part, region));
    }
  }

  void retain() {
    holders.incrementAndGet();
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      free.run();
    }
  }
}
