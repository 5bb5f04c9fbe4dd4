package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.geometry.Range;

/**
 * Rows of one tensor in direct memory, kept until the store and every send under way have let go of
 * them.
 */
final class SharedRows {
  private final Range rows;
  private final int rowBytes;
  private final ByteBuffer bytes;
  private final Runnable free;
  private final AtomicInteger holders = new AtomicInteger(1);

  /**
   * @param rows which rows
   * @param rowBytes bytes of one row over all columns and channels
   * @param bytes NHWC, exactly the rows
   * @param free called once when nobody holds them any more, on the last holder's thread
   */
  SharedRows(Range rows, int rowBytes, ByteBuffer bytes, Runnable free) {
    if (bytes.remaining() != rows.size() * rowBytes) {
      throw new IllegalStateException(
          "%d rows of %d bytes do not fill %d bytes."
              .formatted(rows.size(), rowBytes, bytes.remaining()));
    }
    this.rows = rows;
    this.rowBytes = rowBytes;
    this.bytes = bytes;
    this.free = free;
  }

  Range rows() {
    return rows;
  }

  /** Returns a view of {@code part}, which lies within these rows. */
  ByteBuffer view(Range part) {
    if (!rows.contains(part)) {
      throw new IllegalStateException("The rows " + part + " are not within " + rows + ".");
    }
    return bytes
        .slice(bytes.position() + (part.start() - rows.start()) * rowBytes, part.size() * rowBytes)
        .order(ByteOrder.nativeOrder());
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
