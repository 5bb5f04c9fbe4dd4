package org.edgeld.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A prober against real connections over loopback. */
@Timeout(60)
class InterfaceProberTest {
  private static final long LEAF = 40_000_000;

  /** Of frames that are counted whole though a part of them passed before. */
  private static final double MORE = 1.1;

  private static final int FRAME_BYTES = 10_000;

  private final SharedKey key = SharedKey.random();

  private DataServer leaf() throws IOException {
    return new DataServer(
        InetAddress.getLoopbackAddress(),
        0,
        key,
        new EmulatedLink(LEAF, 0),
        (connection, purpose) -> new ProbeResponder(connection));
  }

  private static PeerAddress address(DataServer server) {
    return new PeerAddress("leaf", "127.0.0.1", server.port());
  }

  private double bitsPerSecond(LinkShaper own, DataServer... leaves) throws IOException {
    return new InterfaceProber(key, own)
        .bitsPerSecond(
            java.util.stream.Stream.of(leaves).map(InterfaceProberTest::address).toList(),
            FRAME_BYTES,
            () -> false);
  }

  @Test
  void aFastInterfaceCarriesWhatSlowPeersTakeTogether() throws IOException {
    try (DataServer one = leaf();
        DataServer two = leaf()) {
      double alone = bitsPerSecond(new EmulatedLink(1_000_000_000, 0), one);
      double together = bitsPerSecond(new EmulatedLink(1_000_000_000, 0), one, two);
      assertThat(alone).isBetween(1.0, MORE * LEAF);
      assertThat(together).isBetween(MORE * LEAF, 2 * MORE * LEAF);
    }
  }

  @Test
  void anInterfaceAsSlowAsItsPeersCarriesNoMoreThanOneOfThem() throws IOException {
    try (DataServer one = leaf();
        DataServer two = leaf()) {
      assertThat(bitsPerSecond(new EmulatedLink(LEAF, 0), one, two)).isBetween(1.0, MORE * LEAF);
    }
  }

  @Test
  void cancellingAndPeersThatAreGoneAreTold() throws IOException {
    InterfaceProber prober = new InterfaceProber(key, LinkShaper.none());
    DataServer leaf = leaf();
    List<PeerAddress> peers = List.of(address(leaf));
    assertThatThrownBy(() -> prober.bitsPerSecond(peers, FRAME_BYTES, () -> true))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> prober.bitsPerSecond(List.of(), FRAME_BYTES, () -> false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("0 peers");
    leaf.close();
    assertThatThrownBy(() -> prober.bitsPerSecond(peers, FRAME_BYTES, () -> false))
        .isInstanceOf(IOException.class);
  }
}
