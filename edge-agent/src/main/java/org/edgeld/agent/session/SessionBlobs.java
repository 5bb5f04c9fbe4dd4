package org.edgeld.agent.session;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.edgeld.agent.weights.BlobSink;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.message.BlobRef;
import org.edgeld.model.Sha256;
import org.edgeld.transport.DataHeader.BlobPiece;

/**
 * Content that a session asks its workbench for. Only what was asked for is accepted, in order and
 * no longer than announced; small content stays in memory, weights go to the cache on disk.
 */
final class SessionBlobs {
  private static final long MAX_MEMORY_BYTES = 16L << 20;
  private static final long SILENCE_SECONDS = 30;

  /** Keeps the question far below the control plane's largest message. */
  private static final int REFS_PER_MESSAGE = 256;

  private final WeightCache cache;
  private final Consumer<List<BlobRef>> ask;
  private final Map<Sha256, Incoming> wanted = new LinkedHashMap<>();
  private ByteBuffer piece;
  private boolean closed;
  private Optional<IOException> damage = Optional.empty();
  private long pieces;

  /** Where the pieces of one blob go. */
  private interface Sink extends Closeable {
    void accept(long offset, ByteBuffer bytes) throws IOException;

    void finish() throws IOException;
  }

  /** One blob under way. */
  private static final class Incoming {
    final BlobRef ref;
    final Sink sink;
    long received;
    boolean complete;

    Incoming(BlobRef ref, Sink sink) {
      this.ref = ref;
      this.sink = sink;
    }
  }

  SessionBlobs(WeightCache cache, Consumer<List<BlobRef>> ask) {
    this.cache = cache;
    this.ask = ask;
  }

  /**
   * Fetches small content into memory.
   *
   * @throws IOException if it is too large, does not come, or differs from its digest
   */
  ByteBuffer fetch(BlobRef ref) throws IOException {
    if (ref.bytes() > MAX_MEMORY_BYTES) {
      throw new IOException(
          "A deployment of %d bytes exceeds %d. Maybe the model is not meant for this agent."
              .formatted(ref.bytes(), MAX_MEMORY_BYTES));
    }
    ByteBuffer content = ByteBuffer.allocate((int) ref.bytes());
    Sink memory =
        new Sink() {
          @Override
          public void accept(long offset, ByteBuffer bytes) {
            content.put(bytes);
          }

          @Override
          public void finish() throws IOException {
            content.flip();
            if (!Sha256.of(content).equals(ref.sha256())) {
              throw new IOException("The blob " + ref.sha256() + " arrived damaged.");
            }
          }

          @Override
          public void close() {}
        };
    request(List.of(new Incoming(ref, memory)));
    return content;
  }

  /** Fetches what of {@code refs} the cache on disk lacks. */
  void fetchToCache(List<BlobRef> refs) throws IOException {
    List<Incoming> missing = new ArrayList<>();
    // layers that share weights name them more than once
    for (BlobRef ref : new LinkedHashSet<>(refs)) {
      if (!cache.contains(ref)) {
        missing.add(new Incoming(ref, diskSink(ref)));
      }
    }
    if (!missing.isEmpty()) {
      request(missing);
    }
  }

  private Sink diskSink(BlobRef ref) throws IOException {
    BlobSink sink = cache.begin(ref);
    return new Sink() {
      @Override
      public void accept(long offset, ByteBuffer bytes) throws IOException {
        sink.accept(offset, bytes);
      }

      @Override
      public void finish() throws IOException {
        sink.finish();
      }

      @Override
      public void close() throws IOException {
        sink.close();
      }
    };
  }

  private synchronized void request(List<Incoming> blobs) throws IOException {
    damage = Optional.empty();
    blobs.forEach(blob -> wanted.put(blob.ref.sha256(), blob));
    for (int from = 0; from < blobs.size(); from += REFS_PER_MESSAGE) {
      int to = Math.min(blobs.size(), from + REFS_PER_MESSAGE);
      ask.accept(blobs.subList(from, to).stream().map(blob -> blob.ref).toList());
    }
    try {
      while (!blobs.stream().allMatch(blob -> blob.complete)) {
        long before = pieces;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS);
        while (pieces == before && !closed && damage.isEmpty()) {
          long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
          if (left <= 0) {
            throw new IOException(
                "The workbench sent nothing for " + SILENCE_SECONDS + " s. Maybe the link is cut.");
          }
          wait(left);
        }
        if (closed) {
          throw new IOException("The workbench closed the session.");
        }
        if (damage.isPresent()) {
          throw damage.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for the workbench.", e);
    } finally {
      for (Incoming blob : blobs) {
        wanted.remove(blob.ref.sha256());
        blob.sink.close();
      }
    }
  }

  /** Says where a piece goes, if it is the next one of a blob that was asked for. */
  synchronized ByteBuffer destination(BlobPiece header) throws IOException {
    Incoming blob = wanted.get(header.sha256());
    boolean expected =
        blob != null
            && !blob.complete
            && header.offset() == blob.received
            && header.payloadBytes() <= BlobPiece.MAX_PIECE_BYTES
            && header.offset() + header.payloadBytes() <= blob.ref.bytes();
    if (!expected) {
      throw new IOException("The piece " + header + " was not asked for.");
    }
    if (piece == null) {
      piece = ByteBuffer.allocateDirect(BlobPiece.MAX_PIECE_BYTES);
    }
    return piece.clear().limit(header.payloadBytes());
  }

  /** A piece is complete. */
  synchronized void received(BlobPiece header, ByteBuffer payload) throws IOException {
    Incoming blob = wanted.get(header.sha256());
    if (blob == null) {
      return; // given up meanwhile
    }
    try {
      blob.sink.accept(header.offset(), payload.duplicate());
      blob.received += header.payloadBytes();
      if (blob.received == blob.ref.bytes()) {
        blob.sink.finish();
        blob.complete = true;
      }
      pieces++;
    } catch (IOException e) {
      // the session shall hear the cause, not wait until silence is too long
      damage = Optional.of(e);
      throw e;
    } finally {
      notifyAll();
    }
  }

  /** Ends all waiting. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
