package org.edgeld.transport;

import com.esotericsoftware.kryonet.Connection;
import com.esotericsoftware.kryonet.FrameworkMessage;
import com.esotericsoftware.kryonet.KryoNetException;
import com.esotericsoftware.kryonet.Serialization;
import com.esotericsoftware.minlog.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.edgeld.wire.MessageRegistry;
import org.edgeld.wire.Vocabulary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * KryoNet's serialisation in this protocol's form. Every throwable becomes a {@link
 * KryoNetException}, the only one after which KryoNet closes the connection in order. Before a
 * connection is trusted, nothing but KryoNet's own and authentication messages is decoded.
 */
final class ControlSerialization implements Serialization {
  /** Space that a queued message leaves free for KryoNet's own. */
  static final int RESERVED_BYTES = 16 * 1024;

  /** Size of KryoNet's write buffer, one per connection. */
  static final int WRITE_BUFFER_BYTES = 256 * 1024;

  /** Size of KryoNet's read buffer, one per connection; must hold the longest message. */
  static final int READ_BUFFER_BYTES = MessageRegistry.MAX_MESSAGE_BYTES + 4 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger("kryonet");

  static {
    // KryoNet would print to the console
    Log.set(LOG.isDebugEnabled() ? Log.LEVEL_DEBUG : Log.LEVEL_ERROR);
    Log.setLogger(
        new Log.Logger() {
          @Override
          public void log(int level, String category, String message, Throwable cause) {
            LOG.debug(message, cause);
          }
        });
  }

  private final LinkShaper shaper;

  /**
   * Creates a serialisation.
   *
   * @param shaper the device's network interface, whose capacity received messages take up
   */
  ControlSerialization(LinkShaper shaper) {
    this.shaper = shaper;
  }

  /** A KryoNet connection that knows whether its other side has proved that it has the key. */
  interface Peer {
    boolean trusted();
  }

  /** An encoded message. The update thread or another sender may fill the buffer in between. */
  static final class Encoded {
    private final byte[] bytes;
    private boolean placed;

    Encoded(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Tells whether the bytes are in the write buffer; if not, there was no room. */
    boolean placed() {
      return placed;
    }
  }

  @Override
  public void write(Connection connection, ByteBuffer buffer, Object object) {
    try {
      if (object instanceof Encoded encoded) {
        // KryoNet holds its write lock here, so only here the room left is certain
        encoded.placed = buffer.remaining() >= encoded.bytes.length + RESERVED_BYTES;
        buffer.put(encoded.placed ? encoded.bytes : encode(FrameworkMessage.keepAlive));
      } else {
        buffer.put(encode(object));
      }
    } catch (Throwable e) {
      throw new KryoNetException("A message cannot be written.", e);
    }
  }

  private static byte[] encode(Object object) throws IOException {
    return MessageRegistry.encode(object, MessageRegistry.MAX_MESSAGE_BYTES);
  }

  @Override
  public Object read(Connection connection, ByteBuffer buffer) {
    try {
      if (buffer.remaining() > MessageRegistry.MAX_MESSAGE_BYTES) {
        throw new KryoNetException("A message has " + buffer.remaining() + " bytes.");
      }
      long now = System.nanoTime();
      shaper.arrive(buffer.remaining(), now, now);
      boolean trusted = connection instanceof Peer peer && peer.trusted();
      return MessageRegistry.decode(buffer, trusted ? Vocabulary.CONTROL : Vocabulary.HANDSHAKE);
    } catch (Throwable e) {
      throw new KryoNetException("A message cannot be read.", e);
    }
  }

  @Override
  public int getLengthLength() {
    return Integer.BYTES;
  }

  @Override
  public void writeLength(ByteBuffer buffer, int length) {
    buffer.putInt(length);
  }

  @Override
  public int readLength(ByteBuffer buffer) {
    return buffer.getInt();
  }
}
