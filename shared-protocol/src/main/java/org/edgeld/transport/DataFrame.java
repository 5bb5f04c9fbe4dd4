package org.edgeld.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.Precision;
import org.edgeld.wire.WireFormatException;

/**
 * The grammar of the data plane: frames of a header of {@value #HEADER_BYTES} bytes and a payload,
 * all numbers little-endian.
 *
 * <pre>
 * frame   = magic:int32 "ELDF"  kind:int32  payloadBytes:int32  zero:int32  body:56 bytes  payload
 * body    = kind 1, tensor: deployment:int64 frame:int64 tensor:int32 channelStart:int32
 *             channelEnd:int32 rowStart:int32 rowEnd:int32 columnStart:int32 columnEnd:int32
 *             precision:int32 (0 float32, 1 float16, 2 int8, 3 lossless)
 *             sumStart:int32 sumEnd:int32 (input channels of a partial sum, or 0 0)
 *         | kind 2, blob:   sha256:32 bytes  offset:int64
 *         | kind 3, probe:  number:int64  answer:int32 (0 or 1)
 *         , filled up with zeros
 * </pre>
 *
 * The header is of fixed size and not Kryo's, because it stands before every tensor slice: one read
 * of known length, no allocation, and nothing in it that could claim to be longer than it is.
 */
final class DataFrame {
  static final int HEADER_BYTES = 72;

  /** Longest payload of a link probe. */
  static final int MAX_PROBE_BYTES = 64 << 20;

  private static final int MAGIC = 0x46444c45; // "ELDF"
  private static final int TENSOR = 1;
  private static final int BLOB = 2;
  private static final int PROBE = 3;
  private static final int SHA256_BYTES = 32;

  private DataFrame() {}

  static ByteBuffer allocateHeader() {
    return ByteBuffer.allocateDirect(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes a header over the whole of {@code out}, which is then ready to be read. */
  static void encode(DataHeader header, ByteBuffer out) {
    out.clear();
    out.putInt(MAGIC);
    if (header instanceof DataHeader.TensorData tensor) {
      Slice slice = tensor.slice();
      prefix(out, TENSOR, tensor.payloadBytes());
      out.putLong(tensor.deployment().value()).putLong(tensor.frame());
      out.putInt(slice.tensor().index());
      range(out, slice.channels());
      range(out, slice.rows());
      range(out, slice.columns());
      out.putInt(tensor.precision().code());
      out.putInt(slice.tensor().sumStart()).putInt(slice.tensor().sumEnd());
    } else if (header instanceof DataHeader.BlobPiece piece) {
      prefix(out, BLOB, piece.payloadBytes());
      out.put(HexFormat.of().parseHex(piece.sha256().hex())).putLong(piece.offset());
    } else if (header instanceof DataHeader.Probe probe) {
      prefix(out, PROBE, probe.payloadBytes());
      out.putLong(probe.number()).putInt(probe.answer() ? 1 : 0);
    }
    while (out.hasRemaining()) {
      out.put((byte) 0);
    }
    out.flip();
  }

  /**
   * Reads a header.
   *
   * @throws WireFormatException if it is none, or its lengths contradict each other
   */
  static DataHeader decode(ByteBuffer in) throws WireFormatException {
    int magic = in.getInt();
    int kind = in.getInt();
    int payloadBytes = in.getInt();
    if (magic != MAGIC || in.getInt() != 0) {
      throw new WireFormatException("A data frame does not begin with its mark.");
    }
    if (payloadBytes < 0) {
      throw new WireFormatException("A data frame claims " + payloadBytes + " bytes.");
    }
    DataHeader header;
    try {
      header =
          switch (kind) {
            case TENSOR -> tensor(in, payloadBytes);
            case BLOB -> blob(in, payloadBytes);
            case PROBE -> probe(in, payloadBytes);
            default ->
                throw new WireFormatException("There is no data frame of kind " + kind + ".");
          };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WireFormatException("A data frame is impossible: " + e.getMessage(), e);
    }
    while (in.hasRemaining()) {
      if (in.get() != 0) {
        throw new WireFormatException("A data frame's header is not filled up with zeros.");
      }
    }
    return header;
  }

  private static DataHeader tensor(ByteBuffer in, int payloadBytes) throws WireFormatException {
    DeploymentId deployment = new DeploymentId(in.getLong());
    long frame = in.getLong();
    int index = in.getInt();
    Region region = new Region(range(in), range(in), range(in));
    int code = in.getInt();
    Precision precision =
        Precision.ofCode(code)
            .orElseThrow(
                () -> new WireFormatException("There is no precision of number " + code + "."));
    Slice slice = new Slice(new TensorId(index, in.getInt(), in.getInt()), region);
    // three factors below 2^31 can overflow a long, and so can four bytes for each of their product
    long pixels = Math.multiplyExact((long) slice.rows().size(), 4L * slice.columns().size());
    if (Math.multiplyExact(pixels, (long) slice.channels().size()) == 0) {
      throw new WireFormatException("A slice without values comes.");
    }
    return new DataHeader.TensorData(deployment, frame, slice, precision, payloadBytes);
  }

  private static DataHeader blob(ByteBuffer in, int payloadBytes) throws WireFormatException {
    byte[] digest = new byte[SHA256_BYTES];
    in.get(digest);
    long offset = in.getLong();
    if (payloadBytes > DataHeader.BlobPiece.MAX_PIECE_BYTES || offset < 0) {
      throw new WireFormatException(
          "A piece of %d bytes at %d is impossible.".formatted(payloadBytes, offset));
    }
    return new DataHeader.BlobPiece(
        new Sha256(HexFormat.of().formatHex(digest)), offset, payloadBytes);
  }

  private static DataHeader probe(ByteBuffer in, int payloadBytes) throws WireFormatException {
    long number = in.getLong();
    int answer = in.getInt();
    if (payloadBytes > MAX_PROBE_BYTES || (answer != 0 && answer != 1)) {
      throw new WireFormatException("A probe of " + payloadBytes + " bytes is impossible.");
    }
    return new DataHeader.Probe(number, answer == 1, payloadBytes);
  }

  private static void prefix(ByteBuffer out, int kind, int payloadBytes) {
    out.putInt(kind).putInt(payloadBytes).putInt(0);
  }

  private static void range(ByteBuffer out, Range range) {
    out.putInt(range.start()).putInt(range.end());
  }

  private static Range range(ByteBuffer in) {
    int start = in.getInt();
    return new Range(start, in.getInt());
  }
}
