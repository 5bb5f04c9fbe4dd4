package org.edgeld.agent.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.edgeld.message.BlobRef;
import org.edgeld.model.WeightRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightCacheTest {
  @TempDir Path directory;
  private final byte[] content = new byte[10_000];
  private BlobRef ref;

  @BeforeEach
  void fill() {
    new Random(1).nextBytes(content);
    ref = BlobRef.of(ByteBuffer.wrap(content));
  }

  private void store(WeightCache cache) throws IOException {
    try (BlobSink sink = cache.begin(ref)) {
      sink.accept(0, ByteBuffer.wrap(content, 0, 6000));
      sink.accept(6000, ByteBuffer.wrap(content, 6000, 4000));
      sink.finish();
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private Path file() {
    return directory.resolve(ref.sha256().hex());
  }

  @Test
  void contentComesBackAsItWas() throws IOException {
    WeightCache cache = new WeightCache(directory);
    assertThat(cache.open(ref)).isEmpty();
    store(cache);
    assertThat(cache.open(ref)).contains(ByteBuffer.wrap(content));
    assertThat(cache.open(ref).orElseThrow().isDirect()).isTrue();
    assertThat(files()).containsExactly(file());
  }

  @Test
  void nothingIsVisibleBeforeItIsWholeAndVerified() throws IOException {
    WeightCache cache = new WeightCache(directory);
    try (BlobSink sink = cache.begin(ref)) {
      sink.accept(0, ByteBuffer.wrap(content));
      assertThat(cache.open(ref)).isEmpty();
    }
    assertThat(cache.open(ref)).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void damagedContentIsRefused() throws IOException {
    WeightCache cache = new WeightCache(directory);
    content[77]++;
    assertThatThrownBy(() -> store(cache))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
    assertThat(files()).isEmpty();
  }

  @Test
  void missingBytesAreRefused() throws IOException {
    try (BlobSink sink = new WeightCache(directory).begin(ref)) {
      sink.accept(0, ByteBuffer.wrap(content, 0, 9999));
      assertThatThrownBy(sink::finish)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("9999 of 10000");
    }
  }

  @Test
  void piecesThatSkipRepeatOrExceedAreRefused() throws IOException {
    try (BlobSink sink = new WeightCache(directory).begin(ref)) {
      sink.accept(0, ByteBuffer.wrap(content, 0, 5000));
      for (long offset : new long[] {0, 4999, 5001, -1}) {
        assertThatThrownBy(() -> sink.accept(offset, ByteBuffer.allocate(1)))
            .isInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> sink.accept(5000, ByteBuffer.allocate(5001)))
          .isInstanceOf(IOException.class);
      assertThat(sink.writtenBytes()).isEqualTo(5000);
    }
  }

  @Test
  void spoiledFilesAreDroppedAndCanBeFetchedAgain() throws IOException {
    store(new WeightCache(directory));
    byte[] spoiled = content.clone();
    spoiled[5]++;
    for (byte[] bad : List.of(spoiled, new byte[3])) {
      Files.write(file(), bad);
      WeightCache cache = new WeightCache(directory);
      assertThat(cache.open(ref)).isEmpty();
      assertThat(files()).isEmpty();
      store(cache);
      assertThat(cache.open(ref)).contains(ByteBuffer.wrap(content));
    }
  }

  @Test
  void twoCachesShareADirectory() throws IOException {
    WeightCache one = new WeightCache(directory);
    WeightCache other = new WeightCache(directory);
    try (BlobSink first = one.begin(ref);
        BlobSink second = other.begin(ref)) {
      first.accept(0, ByteBuffer.wrap(content));
      second.accept(0, ByteBuffer.wrap(content));
      first.finish();
      ByteBuffer mapped = other.open(ref).orElseThrow();
      second.finish();
      assertThat(mapped).isEqualTo(ByteBuffer.wrap(content));
    }
    assertThat(one.open(ref)).contains(ByteBuffer.wrap(content));
    assertThat(files()).containsExactly(file());
  }

  @Test
  void abandonedPiecesAreDeletedAndRecentOnesKept() throws IOException {
    Path old = Files.createFile(directory.resolve("a" + WeightCache.UNFINISHED));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    Path recent = Files.createFile(directory.resolve("b" + WeightCache.UNFINISHED));
    assertThat(new WeightCache(directory).open(ref)).isEmpty();
    assertThat(files()).containsExactly(recent);
  }

  @Test
  void storedWeightsAreReadLittleEndianAndMissingOnesNamed() throws IOException {
    ByteBuffer stored = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    stored.putFloat(1.5f).putFloat(-2f).flip();
    BlobRef blob = BlobRef.of(stored);
    WeightRef.Stored weights = new WeightRef.Stored(blob.sha256(), List.of(2));
    WeightCache cache = new WeightCache(directory);
    ModelWeights provider = new ModelWeights(cache);
    ByteBuffer target = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    assertThatThrownBy(() -> provider.read(weights, target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(blob.sha256().hex());
    try (BlobSink sink = cache.begin(blob)) {
      sink.accept(0, stored);
      sink.finish();
    }
    provider.read(weights, target);
    assertThat(target.getFloat(0)).isEqualTo(1.5f);
    assertThat(target.getFloat(4)).isEqualTo(-2f);
  }
}
