package org.edgeld.transport;

import com.esotericsoftware.kryonet.Connection;
import com.esotericsoftware.kryonet.FrameworkMessage;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.edgeld.message.Message;
import org.edgeld.wire.MessageRegistry;

/** A control connection over KryoNet, of either side. */
final class KryoConnection implements ControlConnection {
  private static final long STALLED_NANOS = 3_000_000_000L;
  private static final long RETRY_NANOS = 1_000_000;

  private final Connection connection;
  private final String address;
  private final LinkShaper shaper;
  private final Object sending = new Object();
  private volatile boolean closed;

  KryoConnection(Connection connection, String address, LinkShaper shaper) {
    this.connection = connection;
    this.address = address;
    this.shaper = shaper;
  }

  @Override
  public void send(Message message) throws IOException {
    byte[] bytes = MessageRegistry.encode(message, MessageRegistry.MAX_MESSAGE_BYTES);
    synchronized (sending) {
      if (!open()) {
        throw closedException();
      }
      place(bytes);
      if (connection.getTcpWriteBufferSize() > 0) {
        // after a partial write KryoNet does not wake its selector, and the rest would wait 250 ms;
        // a second message does
        connection.sendTCP(FrameworkMessage.keepAlive);
      }
    }
    long now = System.nanoTime();
    shaper.depart(bytes.length, now, now);
  }

  private void place(byte[] bytes) throws IOException {
    long giveUpNanos = System.nanoTime() + STALLED_NANOS;
    int limit = ControlSerialization.WRITE_BUFFER_BYTES - ControlSerialization.RESERVED_BYTES;
    while (true) {
      // an estimate, as KryoNet may be writing; the serialisation decides
      if (connection.getTcpWriteBufferSize() + bytes.length < limit) {
        ControlSerialization.Encoded encoded = new ControlSerialization.Encoded(bytes);
        int sent;
        try {
          sent = connection.sendTCP(encoded);
        } catch (RuntimeException e) {
          close();
          throw new IOException("The connection to " + address + " failed.", e);
        }
        if (sent == 0 || !open()) {
          close();
          throw closedException();
        }
        if (encoded.placed()) {
          return;
        }
      }
      if (!open()) {
        throw closedException();
      }
      if (System.nanoTime() - giveUpNanos > 0) {
        close();
        throw new IOException(
            address + " takes no messages any more. Maybe it hangs, or the network is down.");
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  @Override
  public String remoteAddress() {
    return address;
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }

  @Override
  public boolean open() {
    return !closed && connection.isConnected();
  }

  private IOException closedException() {
    return new IOException("The connection to " + address + " is closed.");
  }
}
