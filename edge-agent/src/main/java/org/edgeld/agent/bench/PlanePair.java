package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage.ReadClock;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.ControlClient;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.ControlHandler;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;

/** Both planes of the protocol to a far end, behind an interface of the same rate. */
final class PlanePair implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final BlockingQueue<Long> dataAnswers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> controlAnswers = new LinkedBlockingQueue<>();
  private final DataConnection data;
  private final ControlConnection control;

  /** Connects. */
  PlanePair(FarEnd.Place far, SharedKey key) throws IOException {
    String loopback = InetAddress.getLoopbackAddress().getHostAddress();
    data =
        DataConnection.dial(
            loopback,
            far.dataPort(),
            key,
            new ConnectionPurpose.LinkProbe(),
            far.link(),
            new DataAnswers(),
            TIMEOUT);
    control =
        ControlClient.connect(loopback, far.controlPort(), key, TIMEOUT, new ControlAnswers());
  }

  /** Returns how long payloads in a row take, from the first one sent to the last one received. */
  long stream(ByteBuffer payload, int count) throws InterruptedException {
    payload.clear();
    long start = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      // the far end answers the last one
      data.send(
          new DataHeader.Probe(count - i, i == count, payload.remaining()),
          payload,
          SendListener.NONE);
    }
    return dataAnswers.take() - start;
  }

  /** Returns how long a message and an empty answer take, on average. */
  long roundTrip(ByteBuffer message, int count) throws InterruptedException {
    message.clear();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      data.send(new DataHeader.Probe(0, true, message.remaining()), message, SendListener.NONE);
      dataAnswers.take();
    }
    return (System.nanoTime() - start) / count;
  }

  /** Returns how long a control message and its answer take. */
  long controlRoundTrip() throws IOException, InterruptedException {
    long start = System.nanoTime();
    control.send(new ReadClock(1));
    return controlAnswers.take() - start;
  }

  @Override
  public void close() {
    control.close();
    data.close();
  }

  private final class DataAnswers implements FrameReceiver {
    private final ByteBuffer nothing = ByteBuffer.allocateDirect(0);

    @Override
    public ByteBuffer destination(DataHeader header) {
      return nothing;
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) {
      dataAnswers.add(System.nanoTime());
    }

    @Override
    public void closed(Optional<IOException> cause) {}
  }

  private final class ControlAnswers implements ControlHandler {
    @Override
    public void connected(ControlConnection connection) {}

    @Override
    public void received(ControlConnection connection, Message message) {
      controlAnswers.add(System.nanoTime());
    }

    @Override
    public void disconnected(ControlConnection connection) {}
  }
}
