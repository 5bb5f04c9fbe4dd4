package org.edgeld.agent.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.SendListener;

/**
 * Takes every payload into one buffer, and answers those that ask for it. Answering every one would
 * wake a third thread each time, which no receiver of a run does unless it waits for just that
 * slice.
 */
final class Sink implements FrameReceiver {
  private final Answers answers;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

  /** Where answers go. */
  interface Answers {
    void send(DataHeader header, ByteBuffer payload, SendListener listener);
  }

  Sink(Answers answers) {
    this.answers = answers;
  }

  @Override
  public ByteBuffer destination(DataHeader header) {
    if (buffer.capacity() < header.payloadBytes()) {
      buffer = ByteBuffer.allocateDirect(header.payloadBytes());
    }
    return buffer.clear().limit(header.payloadBytes());
  }

  @Override
  public void received(DataHeader header, ByteBuffer payload) {
    if (header instanceof DataHeader.Probe probe && probe.answer()) {
      answers.send(
          new DataHeader.Probe(probe.number(), false, 0),
          ByteBuffer.allocateDirect(0),
          SendListener.NONE);
    }
  }

  @Override
  public void closed(Optional<IOException> cause) {}
}
