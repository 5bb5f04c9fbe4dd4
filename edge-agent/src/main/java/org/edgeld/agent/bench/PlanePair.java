package org.edgeld.agent.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.edgeld.message.AgentMessage.ClockReading;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage.ReadClock;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.ControlClient;
import org.edgeld.transport.ControlConnection;
import org.edgeld.transport.ControlHandler;
import org.edgeld.transport.ControlServer;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;

/** Both planes of the protocol between two ends on loopback, each with a link of its own. */
final class PlanePair implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final SharedKey key = SharedKey.random();
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> answers = new LinkedBlockingQueue<>();
  private final DataServer dataServer;
  private final DataConnection data;
  private final ControlServer controlServer;
  private final ControlConnection control;

  /**
   * Connects.
   *
   * @param bitsPerSecond rate of both ends' emulated links, 0 for loopback as it is
   */
  PlanePair(long bitsPerSecond) throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    LinkShaper far = link(bitsPerSecond);
    LinkShaper near = link(bitsPerSecond);
    dataServer =
        new DataServer(
            loopback, 0, key, far, (connection, purpose) -> new Sink(arrivals, connection));
    data =
        DataConnection.dial(
            loopback.getHostAddress(),
            dataServer.port(),
            key,
            new ConnectionPurpose.LinkProbe(),
            near,
            new Sink(answers, null),
            TIMEOUT);
    controlServer = new ControlServer(loopback, 0, key, far, new Clock());
    control =
        ControlClient.connect(
            loopback.getHostAddress(), controlServer.port(), key, TIMEOUT, new Answers());
  }

  private static LinkShaper link(long bitsPerSecond) {
    return bitsPerSecond == 0 ? LinkShaper.none() : new EmulatedLink(bitsPerSecond, 0);
  }

  /** Returns how long payloads in a row take, from the first one sent to the last one received. */
  long stream(ByteBuffer payload, int count) throws InterruptedException {
    payload.clear();
    long start = System.nanoTime();
    for (int i = 1; i <= count; i++) {
      // counted down, so that the last one is known when it comes
      data.send(
          new DataHeader.Probe(count - i, false, payload.remaining()), payload, SendListener.NONE);
    }
    return arrivals.take() - start;
  }

  /** Returns how long a message and an empty answer take, on average. */
  long roundTrip(ByteBuffer message, int count) throws InterruptedException {
    message.clear();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      data.send(new DataHeader.Probe(0, true, message.remaining()), message, SendListener.NONE);
      answers.take();
    }
    return (System.nanoTime() - start) / count;
  }

  /** Returns how long a control message and its answer take. */
  long controlRoundTrip() throws IOException, InterruptedException {
    long start = System.nanoTime();
    control.send(new ReadClock(1));
    return answers.take() - start;
  }

  @Override
  public void close() {
    control.close();
    controlServer.close();
    data.close();
    dataServer.close();
  }

  /**
   * Takes every payload into one buffer; answers those that ask for it, and reports the last of a
   * stream. Reporting every one would wake a third thread each time, which no receiver of a run
   * does unless it waits for just that slice.
   */
  private static final class Sink implements FrameReceiver {
    private final BlockingQueue<Long> arrivals;
    private final Optional<DataConnection> answering;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

    Sink(BlockingQueue<Long> arrivals, DataConnection answering) {
      this.arrivals = arrivals;
      this.answering = Optional.ofNullable(answering);
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
        answering.ifPresent(
            connection ->
                connection.send(
                    new DataHeader.Probe(probe.number(), false, 0),
                    ByteBuffer.allocateDirect(0),
                    SendListener.NONE));
      } else if (header instanceof DataHeader.Probe probe && probe.number() == 0) {
        arrivals.add(System.nanoTime());
      }
    }

    @Override
    public void closed(Optional<IOException> cause) {}
  }

  /** Answers with its clock. */
  private static final class Clock implements ControlHandler {
    @Override
    public void connected(ControlConnection connection) {}

    @Override
    public void received(ControlConnection connection, Message message) {
      if (message instanceof ReadClock asked) {
        try {
          connection.send(new ClockReading(asked.request(), System.nanoTime()));
        } catch (IOException e) {
          connection.close();
        }
      }
    }

    @Override
    public void disconnected(ControlConnection connection) {}
  }

  private final class Answers implements ControlHandler {
    @Override
    public void connected(ControlConnection connection) {}

    @Override
    public void received(ControlConnection connection, Message message) {
      answers.add(System.nanoTime());
    }

    @Override
    public void disconnected(ControlConnection connection) {}
  }
}
