package org.edgeld.transport;

import org.edgeld.geometry.Slice;
import org.edgeld.model.Sha256;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.Precision;

/** What precedes a payload on the data plane and says what it is. */
public sealed interface DataHeader {
  /** Returns the length of the payload that follows. */
  int payloadBytes();

  /**
   * A tensor slice of one frame, its values in NHWC order.
   *
   * @param deployment whose tensor
   * @param frame which frame
   * @param slice which part of which tensor
   * @param precision how the values are written, little-endian
   * @param payloadBytes length of the payload, one that such a slice can have
   */
  record TensorData(
      DeploymentId deployment, long frame, Slice slice, Precision precision, int payloadBytes)
      implements DataHeader {
    public TensorData {
      long values = slice.elements();
      if (payloadBytes < precision.leastBytes(values)
          || payloadBytes > precision.mostBytes(values)) {
        throw new IllegalArgumentException(
            "A slice of %d values as %s comes with %d bytes."
                .formatted(values, precision.id(), payloadBytes));
      }
    }

    /** Creates the header of a slice that travels as float32. */
    public TensorData(DeploymentId deployment, long frame, Slice slice) {
      this(deployment, frame, slice, Precision.FLOAT32, Math.toIntExact(slice.bytes()));
    }

    /** Returns the header of the same slice in another form. */
    public TensorData as(Precision form, int bytes) {
      return new TensorData(deployment, frame, slice, form, bytes);
    }
  }

  /**
   * A piece of a blob; pieces come in order and are at most {@link #MAX_PIECE_BYTES} long.
   *
   * @param sha256 digest of the whole blob
   * @param offset position of this piece
   * @param payloadBytes length of this piece
   */
  record BlobPiece(Sha256 sha256, long offset, int payloadBytes) implements DataHeader {
    /** Longest piece. */
    public static final int MAX_PIECE_BYTES = 1 << 20;
  }

  /**
   * A link probe. The peer answers a probe that asks for it with an empty one of the same number.
   *
   * @param number counts the probes of a connection
   * @param answer whether the peer shall answer when the payload is complete
   * @param payloadBytes length of the payload, whose content is ignored
   */
  record Probe(long number, boolean answer, int payloadBytes) implements DataHeader {}
}
