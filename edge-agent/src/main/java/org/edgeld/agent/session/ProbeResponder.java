package org.edgeld.agent.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.Probe;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.SendListener;

/** Answers the link probes of a peer. */
public final class ProbeResponder implements FrameReceiver {
  private final DataConnection connection;
  private ByteBuffer scratch = ByteBuffer.allocateDirect(LinkProber.FIRST_BULK_BYTES);

  public ProbeResponder(DataConnection connection) {
    this.connection = connection;
  }

  @Override
  public ByteBuffer destination(DataHeader header) throws IOException {
    if (!(header instanceof Probe probe) || probe.payloadBytes() > LinkProber.MAX_BULK_BYTES) {
      throw new IOException("A link probe sent " + header + ".");
    }
    if (scratch.capacity() < probe.payloadBytes()) {
      scratch = ByteBuffer.allocateDirect(probe.payloadBytes());
    }
    return scratch.clear().limit(probe.payloadBytes());
  }

  @Override
  public void received(DataHeader header, ByteBuffer payload) {
    if (header instanceof Probe probe && probe.answer()) {
      connection.send(
          new Probe(probe.number(), false, 0), ByteBuffer.allocate(0), SendListener.NONE);
    }
  }

  @Override
  public void closed(Optional<IOException> cause) {
    scratch = ByteBuffer.allocateDirect(0);
  }
}
