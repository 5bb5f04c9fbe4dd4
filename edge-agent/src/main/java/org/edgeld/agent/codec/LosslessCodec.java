package org.edgeld.agent.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;

/**
 * float32, compressed. The first bytes of all values come first, then all second ones and so on:
 * signs and exponents of neighbours are much alike, and together they compress well where whole
 * values would not. Then Zstandard at its fastest level makes that shorter. Every bit comes back.
 */
final class LosslessCodec implements SliceCodec {
  private static final int LEVEL = 1;
  private static final int PLANES = Float.BYTES;
  private static final Cleaner CLEANER = Cleaner.create();

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final int[] words = new int[Chunks.VALUES];
  private final byte[] plane = new byte[Chunks.VALUES];

  /** Planes one behind the other, as long as the longest slice so far. */
  private ByteBuffer planes = ByteBuffer.allocateDirect(0);

  LosslessCodec() {
    compressor.setLevel(LEVEL);
    // its memory lies outside of the heap, and a codec lives as long as a thread
    ZstdCompressCtx own = compressor;
    CLEANER.register(this, own::close);
  }

  @Override
  public Precision precision() {
    return Precision.LOSSLESS;
  }

  @Override
  public int encode(ByteBuffer values, ByteBuffer out) {
    IntBuffer from = Chunks.little(values).asIntBuffer();
    int count = from.remaining();
    reserve(count);
    for (int start = 0; start < count; start += Chunks.VALUES) {
      int chunk = Math.min(count - start, Chunks.VALUES);
      from.get(words, 0, chunk);
      for (int p = 0; p < PLANES; p++) {
        int shift = Byte.SIZE * p;
        for (int i = 0; i < chunk; i++) {
          plane[i] = (byte) (words[i] >>> shift);
        }
        planes.put(p * count + start, plane, 0, chunk);
      }
    }
    int most = (int) precision().mostBytes(count);
    try {
      return compressor.compressDirectByteBuffer(
          out, out.position(), most, planes, 0, PLANES * count);
    } catch (ZstdException e) {
      if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
        return NOT_SHORTER;
      }
      throw e;
    }
  }

  private void reserve(int count) {
    if (planes.capacity() < PLANES * count) {
      planes = ByteBuffer.allocateDirect(PLANES * count);
    }
  }

  @Override
  public void decode(ByteBuffer in, ByteBuffer values) throws WireFormatException {
    int count = values.remaining() / Float.BYTES;
    reserve(count);
    try {
      long length =
          Zstd.decompressDirectByteBuffer(
              planes, 0, PLANES * count, in, in.position(), in.remaining());
      if (length != (long) PLANES * count) {
        throw new WireFormatException(
            "A slice of %d values is damaged: it has %d bytes.".formatted(count, length));
      }
    } catch (ZstdException e) {
      throw new WireFormatException(
          "A slice of %d values is damaged: %s.".formatted(count, e.getMessage()), e);
    }
    IntBuffer to = Chunks.little(values).asIntBuffer();
    for (int start = 0; start < count; start += Chunks.VALUES) {
      int chunk = Math.min(count - start, Chunks.VALUES);
      for (int p = 0; p < PLANES; p++) {
        int shift = Byte.SIZE * p;
        planes.get(p * count + start, plane, 0, chunk);
        for (int i = 0; i < chunk; i++) {
          int bits = (plane[i] & 0xff) << shift;
          words[i] = p == 0 ? bits : words[i] | bits;
        }
      }
      to.put(words, 0, chunk);
    }
  }
}
