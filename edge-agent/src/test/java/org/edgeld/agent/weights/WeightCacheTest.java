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

  private byte[] read(WeightCache cache) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(content.length);
    assertThat(cache.read(ref, 0, target)).isTrue();
    return target.array();
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
    assertThat(cache.contains(ref)).isFalse();
    store(cache);
    assertThat(read(cache)).isEqualTo(content);
    assertThat(files()).containsExactly(file());
  }

  @Test
  void anyPartCanBeReadAndNothingBesideIt() throws IOException {
    WeightCache cache = new WeightCache(directory);
    store(cache);
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      int offset = random.nextInt(content.length);
      int bytes = random.nextInt(content.length - offset + 1);
      ByteBuffer target = ByteBuffer.allocateDirect(bytes);
      assertThat(cache.read(ref, offset, target)).isTrue();
      assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(content, offset, bytes));
    }
    for (long offset : new long[] {-1, 9991, 10_000, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> cache.read(ref, offset, ByteBuffer.allocate(10)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not within");
    }
  }

  @Test
  void whatIsNotHereIsNotRead() throws IOException {
    ByteBuffer target = ByteBuffer.allocate(10);
    assertThat(new WeightCache(directory).read(ref, 0, target)).isFalse();
    assertThat(target.position()).isZero();
  }

  @Test
  void nothingIsVisibleBeforeItIsWholeAndVerified() throws IOException {
    WeightCache cache = new WeightCache(directory);
    try (BlobSink sink = cache.begin(ref)) {
      sink.accept(0, ByteBuffer.wrap(content));
      assertThat(cache.contains(ref)).isFalse();
    }
    assertThat(cache.contains(ref)).isFalse();
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
      assertThat(cache.contains(ref)).isFalse();
      assertThat(files()).isEmpty();
      store(cache);
      assertThat(read(cache)).isEqualTo(content);
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
      assertThat(read(other)).isEqualTo(content);
      second.finish();
    }
    assertThat(read(one)).isEqualTo(content);
    assertThat(files()).containsExactly(file());
  }

  @Test
  void abandonedPiecesAreDeletedAndRecentOnesKept() throws IOException {
    Path old = Files.createFile(directory.resolve("a" + WeightCache.UNFINISHED));
    Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    Path recent = Files.createFile(directory.resolve("b" + WeightCache.UNFINISHED));
    assertThat(new WeightCache(directory).contains(ref)).isFalse();
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
    provider.read(weights, 1, target.slice(0, 4).order(ByteOrder.nativeOrder()));
    assertThat(target.getFloat(0)).isEqualTo(-2f);
    ByteBuffer foreign = ByteBuffer.allocateDirect(8).order(ByteOrder.BIG_ENDIAN);
    provider.read(weights, foreign);
    assertThat(foreign.getFloat(0)).isEqualTo(1.5f);
  }
}
