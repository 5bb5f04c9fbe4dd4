package org.edgeld.transport;

import org.edgeld.geometry.Slice;
import org.edgeld.model.Sha256;
import org.edgeld.program.DeploymentId;

/** What precedes a payload on the data plane and says what it is. */
public sealed interface DataHeader {
  /** Returns the length of the payload that follows. */
  int payloadBytes();

  /**
   * A tensor slice of one frame, float32 little-endian in NHWC order.
   *
   * @param deployment whose tensor
   * @param frame which frame
   * @param slice which part of which tensor
   */
  record TensorData(DeploymentId deployment, long frame, Slice slice) implements DataHeader {
    @Override
    public int payloadBytes() {
      return Math.toIntExact(slice.bytes());
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
