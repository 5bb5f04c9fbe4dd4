package org.edgeld.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.message.BlobRef;
import org.edgeld.transport.DataHeader.BlobPiece;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test plays the workbench: it is asked for content and sends pieces. */
@Timeout(60)
class SessionBlobsTest {
  private static final int FIRST = BlobPiece.MAX_PIECE_BYTES;

  @TempDir Path folder;
  private final BlockingQueue<List<BlobRef>> asked = new LinkedBlockingQueue<>();
  private WeightCache cache;
  private SessionBlobs blobs;

  /** Takes two pieces. */
  private final byte[] large = new byte[FIRST + 1000];

  private BlobRef ref;

  @BeforeEach
  void open() throws IOException {
    cache = new WeightCache(folder);
    blobs = new SessionBlobs(cache, asked::add);
    new Random(4).nextBytes(large);
    ref = BlobRef.of(ByteBuffer.wrap(large));
  }

  private interface Fetching<T> {
    T fetch() throws IOException;
  }

  private static <T> CompletableFuture<T> fetching(Fetching<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.fetch();
          } catch (IOException e) {
            throw new java.util.concurrent.CompletionException(e);
          }
        });
  }

  private CompletableFuture<Boolean> fetchingToCache(List<BlobRef> refs) {
    return fetching(
        () -> {
          blobs.fetchToCache(refs);
          return true;
        });
  }

  private List<BlobRef> nextAsked() throws InterruptedException {
    List<BlobRef> refs = asked.poll(20, TimeUnit.SECONDS);
    assertThat(refs).as("what the session asks for").isNotNull();
    return refs;
  }

  private void send(BlobRef to, byte[] content, int offset, int length) throws IOException {
    BlobPiece piece = new BlobPiece(to.sha256(), offset, length);
    ByteBuffer place = blobs.destination(piece);
    assertThat(place.remaining()).isEqualTo(length);
    place.duplicate().put(content, offset, length);
    blobs.received(piece, place);
  }

  private static Throwable failure(CompletableFuture<?> fetch) throws Exception {
    try {
      fetch.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    }
    throw new AssertionError("The fetch succeeded.");
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  void contentComesInPiecesIntoMemory() throws Exception {
    CompletableFuture<ByteBuffer> fetch = fetching(() -> blobs.fetch(ref));
    assertThat(nextAsked()).containsExactly(ref);
    send(ref, large, 0, FIRST);
    send(ref, large, FIRST, 1000);
    assertThat(fetch.get(20, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(large));
    assertThat(files()).isZero();
  }

  @Test
  void weightsGoToTheCacheAndAreNotAskedForAgain() throws Exception {
    CompletableFuture<Boolean> fetch = fetchingToCache(List.of(ref));
    nextAsked();
    send(ref, large, 0, FIRST);
    send(ref, large, FIRST, 1000);
    fetch.get(20, TimeUnit.SECONDS);
    ByteBuffer kept = ByteBuffer.allocate(large.length);
    assertThat(cache.read(ref, 0, kept)).isTrue();
    assertThat(kept.array()).isEqualTo(large);
    blobs.fetchToCache(List.of(ref));
    assertThat(asked).isEmpty();
  }

  @Test
  void weightsThatTwoLayersShareAreAskedForOnce() throws Exception {
    byte[] zeros = new byte[64];
    BlobRef shared = BlobRef.of(ByteBuffer.wrap(zeros));
    CompletableFuture<Boolean> fetch = fetchingToCache(List.of(shared, shared));
    assertThat(nextAsked()).containsExactly(shared);
    send(shared, zeros, 0, 64);
    assertThat(fetch.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void piecesNobodyAskedForAreRefused() throws Exception {
    BlobPiece piece = new BlobPiece(ref.sha256(), 0, FIRST);
    assertThatThrownBy(() -> blobs.destination(piece))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not asked for");
    CompletableFuture<ByteBuffer> fetch = fetching(() -> blobs.fetch(ref));
    nextAsked();
    send(ref, large, 0, FIRST);
    send(ref, large, FIRST, 1000);
    fetch.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> blobs.destination(piece)).isInstanceOf(IOException.class);
  }

  @Test
  void piecesOutOfOrderTooLongOrBeyondTheEndAreRefused() throws Exception {
    CompletableFuture<ByteBuffer> fetch = fetching(() -> blobs.fetch(ref));
    nextAsked();
    for (BlobPiece wrong :
        List.of(
            new BlobPiece(ref.sha256(), 1000, 10),
            new BlobPiece(ref.sha256(), 0, FIRST + 1),
            new BlobPiece(BlobRef.of(ByteBuffer.allocate(3)).sha256(), 0, 3))) {
      assertThatThrownBy(() -> blobs.destination(wrong))
          .as("%s", wrong)
          .isInstanceOf(IOException.class);
    }
    send(ref, large, 0, FIRST);
    for (BlobPiece wrong :
        List.of(new BlobPiece(ref.sha256(), 0, FIRST), new BlobPiece(ref.sha256(), FIRST, 1001))) {
      assertThatThrownBy(() -> blobs.destination(wrong))
          .as("%s", wrong)
          .isInstanceOf(IOException.class);
    }
    send(ref, large, FIRST, 1000);
    assertThat(fetch.get(20, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(large));
  }

  @Test
  void damagedContentEndsTheFetchAtOnceAndLeavesNothing() throws Exception {
    byte[] damaged = large.clone();
    damaged[FIRST + 3] ^= 1;
    CompletableFuture<Boolean> toDisk = fetchingToCache(List.of(ref));
    nextAsked();
    send(ref, damaged, 0, FIRST);
    assertThatThrownBy(() -> send(ref, damaged, FIRST, 1000)).isInstanceOf(IOException.class);
    assertThat(failure(toDisk)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    assertThat(files()).isZero();

    CompletableFuture<ByteBuffer> toMemory = fetching(() -> blobs.fetch(ref));
    nextAsked();
    send(ref, damaged, 0, FIRST);
    assertThatThrownBy(() -> send(ref, damaged, FIRST, 1000)).isInstanceOf(IOException.class);
    assertThat(failure(toMemory)).hasMessageContaining("damaged");
  }

  @Test
  void closingEndsTheWaitAndLeavesNothing() throws Exception {
    CompletableFuture<Boolean> fetch = fetchingToCache(List.of(ref));
    nextAsked();
    send(ref, large, 0, FIRST);
    blobs.close();
    assertThat(failure(fetch)).hasMessageContaining("closed the session");
    assertThat(files()).isZero();
    assertThat(failure(fetching(() -> blobs.fetch(ref)))).isInstanceOf(IOException.class);
  }

  @Test
  void contentTooLargeForMemoryIsNotAskedFor() {
    BlobRef huge = new BlobRef(ref.sha256(), (16L << 20) + 1);
    assertThatThrownBy(() -> blobs.fetch(huge)).isInstanceOf(IOException.class);
    assertThat(asked).isEmpty();
  }
}
