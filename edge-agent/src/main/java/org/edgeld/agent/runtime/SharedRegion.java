package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.geometry.Region;

/**
 * A region of one tensor in direct memory, kept until the frame and every send under way have let
 * go of it.
 */
final class SharedRegion {
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16);

  private final Region region;
  private final RowMargin margin;
  private final ByteBuffer bytes;

  /** The region between its zeros. */
  private final ByteBuffer all;

  private final Runnable free;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * @param region which part of the tensor
   * @param bytes NHWC, exactly the region
   * @param free called once when nobody holds it any more, on the last holder's thread
   */
  SharedRegion(Region region, ByteBuffer bytes, Runnable free) {
    this(region, RowMargin.NONE, bytes, free);
  }

  /**
   * @param region which part of the tensor
   * @param margin rows of zeros around it
   * @param bytes NHWC, exactly the region and its margin, which is zeroed
   * @param free called once when nobody holds it any more, on the last holder's thread
   */
  SharedRegion(Region region, RowMargin margin, ByteBuffer bytes, Runnable free) {
    if (bytes.remaining() != margin.bytesAround(region)) {
      throw new IllegalStateException(
          "The region %s of %d bytes with %s does not fill %d bytes."
              .formatted(region, region.bytes(), margin, bytes.remaining()));
    }
    this.region = region;
    this.margin = margin;
    this.all = bytes.slice();
    int start = (int) margin.bytesAbove(region);
    int end = start + (int) region.bytes();
    this.bytes = margin.isNone() ? all : all.slice(start, end - start);
    this.free = free;
    zero(0, start);
    zero(end, all.capacity());
  }

  private void zero(int start, int end) {
    for (int at = start; at < end; at += ZEROS.capacity()) {
      all.put(at, ZEROS, 0, Math.min(ZEROS.capacity(), end - at));
    }
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

  /**
   * Returns a view of {@code part} between rows of zeros. At the borders where it has zeros it
   * reaches as far as this region, and it is as wide and has as many channels.
   */
  ByteBuffer view(Part part) {
    if (part.margin().isNone()) {
      return view(part.region());
    }
    requireWithin(part.region());
    int start =
        (int) margin.bytesAbove(region)
            + Nhwc.offsetBytes(part.region(), region)
            - (int) part.margin().bytesAbove(part.region());
    return all.slice(start, (int) part.bytes()).order(ByteOrder.nativeOrder());
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
