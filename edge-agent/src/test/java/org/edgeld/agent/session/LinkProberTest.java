package org.edgeld.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.edgeld.message.AgentMessage.LinkProfile;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.DataServerHandler;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A prober against real connections over loopback. */
@Timeout(40)
class LinkProberTest {
  private final SharedKey key = SharedKey.random();
  private final LinkProber prober = new LinkProber(key, LinkShaper.none());

  private DataServer listen(DataServerHandler handler) throws IOException {
    return new DataServer(InetAddress.getLoopbackAddress(), 0, key, LinkShaper.none(), handler);
  }

  private static PeerAddress address(DataServer server) {
    return new PeerAddress("peer", "127.0.0.1", server.port());
  }

  @Test
  void anAnsweringPeerIsMeasured() throws IOException {
    try (DataServer server = listen((connection, purpose) -> new ProbeResponder(connection))) {
      LinkProfile link = prober.probe(7, address(server), () -> false);

      assertThat(link.request()).isEqualTo(7);
      assertThat(link.roundTripNanos()).isPositive();
      assertThat(link.bitsPerSecond()).isPositive();
    }
  }

  @Test
  void cancellingDoesNotWaitForASilentPeer() throws IOException {
    AtomicBoolean cancelled = new AtomicBoolean();
    FrameReceiver silent =
        new FrameReceiver() {
          @Override
          public ByteBuffer destination(DataHeader header) {
            return ByteBuffer.allocate(header.payloadBytes());
          }

          @Override
          public void received(DataHeader header, ByteBuffer payload) {
            cancelled.set(true);
          }

          @Override
          public void closed(Optional<IOException> cause) {}
        };
    try (DataServer server = listen((connection, purpose) -> silent)) {
      assertThatThrownBy(() -> prober.probe(1, address(server), cancelled::get))
          .isInstanceOf(CancellationException.class);
    }
  }
}
