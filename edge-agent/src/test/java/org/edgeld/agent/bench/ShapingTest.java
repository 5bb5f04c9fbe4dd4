package org.edgeld.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.transport.LinkShaper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the bare channel asks of its interface. */
@Timeout(60)
class ShapingTest {
  private static final int PIECE_BYTES = 100;
  private static final int MESSAGE_BYTES = 250;

  /** A piece, when it was there and when it was through, in nanoseconds. */
  private record Asked(int bytes, long since, long now, long through) {}

  /** An interface that lets everything through a millisecond after it was asked. */
  private static final class Recorder implements LinkShaper {
    private static final long PASSING_NANOS = 1_000_000;

    private final List<Asked> sent = new ArrayList<>();
    private final List<Asked> received = new ArrayList<>();

    @Override
    public int pieceBytes() {
      return PIECE_BYTES;
    }

    @Override
    public long delayNanos() {
      return 0;
    }

    @Override
    public long depart(int bytes, long readyNanos, long nowNanos) {
      sent.add(new Asked(bytes, readyNanos, nowNanos, nowNanos + PASSING_NANOS));
      return nowNanos + PASSING_NANOS;
    }

    @Override
    public long arrive(int bytes, long followsNanos, long nowNanos) {
      received.add(new Asked(bytes, followsNanos, nowNanos, nowNanos + PASSING_NANOS));
      return nowNanos + PASSING_NANOS;
    }
  }

  @Test
  void timeInWhichNothingWasSentIsNoCredit() throws IOException {
    Recorder link = new Recorder();
    List<Long> before = new ArrayList<>();
    try (ServerSocketChannel listening = listening();
        SocketChannel channel = SocketChannel.open(listening.getLocalAddress());
        SocketChannel far = listening.accept()) {
      assertThat(far.isConnected()).isTrue();
      Shaping shaping = new Shaping(channel, link);
      for (int message = 0; message < 3; message++) {
        long moment = System.nanoTime();
        // an interface that is free again was so for some time
        while (System.nanoTime() - moment < Recorder.PASSING_NANOS) {
          Thread.onSpinWait();
        }
        before.add(System.nanoTime());
        shaping.write(ByteBuffer.allocateDirect(MESSAGE_BYTES));
      }
    }
    assertPieces(link.sent);
    for (int i = 0; i < link.sent.size(); i++) {
      Asked piece = link.sent.get(i);
      if (i % 3 == 0) {
        assertThat(piece.since()).isBetween(before.get(i / 3), piece.now());
      } else {
        assertThat(piece.since()).isEqualTo(link.sent.get(i - 1).through());
      }
    }
  }

  @Test
  void whatIsReadBeginsWhenItCame() throws IOException {
    Recorder link = new Recorder();
    try (ServerSocketChannel listening = listening();
        SocketChannel channel = SocketChannel.open(listening.getLocalAddress());
        SocketChannel far = listening.accept()) {
      Shaping shaping = new Shaping(channel, link);
      for (int message = 0; message < 3; message++) {
        far.write(ByteBuffer.allocate(MESSAGE_BYTES));
        shaping.read(ByteBuffer.allocateDirect(MESSAGE_BYTES));
      }
    }
    assertPieces(link.received);
    for (int i = 0; i < link.received.size(); i++) {
      Asked piece = link.received.get(i);
      assertThat(piece.since())
          .isEqualTo(i % 3 == 0 ? piece.now() : link.received.get(i - 1).through());
    }
  }

  private static void assertPieces(List<Asked> pieces) {
    assertThat(pieces)
        .extracting(Asked::bytes)
        .containsExactly(100, 100, 50, 100, 100, 50, 100, 100, 50);
  }

  private static ServerSocketChannel listening() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }
}
