package org.edgeld.transport;

import com.esotericsoftware.kryonet.FrameworkMessage;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.edgeld.wire.MessageRegistry;
import org.edgeld.wire.Vocabulary;

/** One side of a control connection over a bare socket, which need not behave. */
final class RawControlPeer implements AutoCloseable {
  final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  RawControlPeer(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawControlPeer(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
    socket.setSoTimeout((int) RecordingHandler.PATIENCE_SECONDS * 1000);
  }

  void send(Object message) throws IOException {
    byte[] bytes = MessageRegistry.encode(message, MessageRegistry.MAX_MESSAGE_BYTES);
    out.writeInt(bytes.length);
    out.write(bytes);
    out.flush();
  }

  /** Returns the next message that is not one of KryoNet's own. */
  Object receive() throws IOException {
    while (true) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      Object message = MessageRegistry.decode(ByteBuffer.wrap(bytes), Vocabulary.CONTROL);
      if (!(message instanceof FrameworkMessage)) {
        return message;
      }
    }
  }

  /** Reads until the other side closes. */
  void awaitEnd() throws IOException {
    byte[] ignored = new byte[4096];
    int read = 0;
    while (read >= 0) {
      try {
        read = in.read(ignored);
      } catch (SocketException e) {
        // a reset is an end, too
        read = -1;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
