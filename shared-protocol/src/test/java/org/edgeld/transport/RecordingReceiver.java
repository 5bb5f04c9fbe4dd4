package org.edgeld.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A frame receiver that keeps everything until a test asks for it. */
class RecordingReceiver implements FrameReceiver {
  final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  final BlockingQueue<Optional<IOException>> ends = new LinkedBlockingQueue<>();

  /**
   * What arrived.
   *
   * @param header the header
   * @param payload a buffer of its own
   */
  record Frame(DataHeader header, ByteBuffer payload) {}

  @Override
  public ByteBuffer destination(DataHeader header) throws IOException {
    return ByteBuffer.allocateDirect(header.payloadBytes());
  }

  @Override
  public void received(DataHeader header, ByteBuffer payload) throws IOException {
    frames.add(new Frame(header, payload));
  }

  @Override
  public void closed(Optional<IOException> cause) {
    ends.add(cause);
  }
}
