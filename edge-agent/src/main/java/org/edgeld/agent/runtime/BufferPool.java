package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct buffers by size. Allocating one per tensor and frame would leave freeing to the garbage
 * collector, which sees only their small heap objects; the sizes of a program recur, so they are
 * kept. Thread-safe.
 */
final class BufferPool {
  private final Map<Integer, Queue<ByteBuffer>> free = new ConcurrentHashMap<>();
  private final AtomicLong allocatedBytes = new AtomicLong();
  private final AtomicLong usedBytes = new AtomicLong();

  /**
   * Returns a cleared buffer of exactly {@code bytes} in native order; its content is undefined.
   */
  ByteBuffer take(int bytes) {
    Queue<ByteBuffer> queue = free.get(bytes);
    ByteBuffer buffer = queue == null ? null : queue.poll();
    if (buffer == null) {
      allocatedBytes.addAndGet(bytes);
      buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
    usedBytes.addAndGet(bytes);
    return buffer.clear();
  }

  /** Takes a buffer back that nobody reads or writes any more. */
  void give(ByteBuffer buffer) {
    usedBytes.addAndGet(-buffer.capacity());
    free.computeIfAbsent(buffer.capacity(), size -> new ConcurrentLinkedQueue<>()).add(buffer);
  }

  /** Returns all bytes ever allocated, in use or free. */
  long allocatedBytes() {
    return allocatedBytes.get();
  }

  /** Returns the bytes of buffers that were taken and not given back. */
  long usedBytes() {
    return usedBytes.get();
  }
}
