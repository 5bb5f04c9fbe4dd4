package org.edgeld.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.Deployment;

/**
 * Blobs that are not weights: a deployment or a graph as {@code [int magic][int protocolVersion]}
 * (little-endian) and the message. Equal values give equal bytes, so an agent that has a blob is
 * recognised by its digest.
 */
public final class BlobCodec {
  /** Longest blob; a deployment of a large model takes some 100 KB. */
  public static final int MAX_BLOB_BYTES = 64 << 20;

  private static final int MAGIC = 0x42444c45; // "ELDB"
  private static final int PREFIX_BYTES = 2 * Integer.BYTES;

  private BlobCodec() {}

  /** Encodes a deployment; the result is a direct buffer, ready to be read. */
  public static ByteBuffer encode(Deployment deployment) throws IOException {
    return encodeAny(deployment);
  }

  /** Encodes a graph; the result is a direct buffer, ready to be read. */
  public static ByteBuffer encode(ModelGraph graph) throws IOException {
    return encodeAny(graph);
  }

  /**
   * Decodes a deployment without moving the buffer's position.
   *
   * @throws IOException if the bytes are none, whatever they are
   */
  public static Deployment decodeDeployment(ByteBuffer blob) throws IOException {
    return decode(blob, Deployment.class);
  }

  /**
   * Decodes a graph without moving the buffer's position.
   *
   * @throws IOException if the bytes are none, whatever they are
   */
  public static ModelGraph decodeGraph(ByteBuffer blob) throws IOException {
    return decode(blob, ModelGraph.class);
  }

  private static ByteBuffer encodeAny(Object value) throws IOException {
    byte[] body = MessageRegistry.encode(value, MAX_BLOB_BYTES - PREFIX_BYTES);
    return ByteBuffer.allocateDirect(PREFIX_BYTES + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(MAGIC)
        .putInt(ProtocolVersion.CURRENT)
        .put(body)
        .flip();
  }

  private static <T> T decode(ByteBuffer blob, Class<T> type) throws IOException {
    ByteBuffer bytes = blob.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() < PREFIX_BYTES || bytes.remaining() > MAX_BLOB_BYTES) {
      throw new WireFormatException("A blob of " + bytes.remaining() + " bytes is no " + type);
    }
    if (bytes.getInt() != MAGIC) {
      throw new WireFormatException("The blob is none of EdgeLD's.");
    }
    int version = bytes.getInt();
    if (version != ProtocolVersion.CURRENT) {
      throw new WireFormatException(
          "The blob has protocol version %d, not %d. Maybe workbench and agent are of different releases."
              .formatted(version, ProtocolVersion.CURRENT));
    }
    Object value = MessageRegistry.decode(bytes, Vocabulary.BLOB);
    if (!type.isInstance(value)) {
      throw new WireFormatException(
          "The blob is a %s, not a %s."
              .formatted(value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }
}
