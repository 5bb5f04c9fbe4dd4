package org.edgeld.agent.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.edgeld.agent.session.InterfaceProber.AnswerRate;
import org.edgeld.program.PeerAddress;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How rates are counted, and a prober against real connections over loopback. */
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
            Stream.of(leaves).map(InterfaceProberTest::address).toList(), FRAME_BYTES, () -> false);
  }

  /** Answers that follow each other at equal distances from a moment on. */
  private static AnswerRate answered(int frameBytes, long from, long everyNanos, int answers) {
    AnswerRate rate = new AnswerRate(frameBytes);
    rate.begin(0);
    for (int i = 0; i < answers; i++) {
      rate.answered(from + i * everyNanos);
    }
    return rate;
  }

  @ParameterizedTest
  @CsvSource({"10000, 2000000, 40e6", "10000, 80000, 1e9", "12800000, 1000000, 102.4e9"})
  void theRateIsThatOfTheFramesBehindTheFirst(int frameBytes, long everyNanos, double expected) {
    AnswerRate rate = answered(frameBytes, 5, everyNanos, 200_000_000 / (int) everyNanos);

    assertThat(rate.bitsPerSecond()).isCloseTo(expected, withinPercentage(1e-6));
  }

  @Test
  void answersBeforeAndBehindTheWindowDoNotCount() {
    AnswerRate early = answered(1000, -50_000, 10_000, 5);
    AnswerRate both = answered(1000, -1_000_000_000, InterfaceProber.WINDOW_NANOS / 2, 12);
    long start = Long.MAX_VALUE - 100_000; // the clock may overflow
    AnswerRate overflowing = new AnswerRate(1000);
    overflowing.answered(start);
    overflowing.begin(start + 1);
    overflowing.answered(start);
    overflowing.answered(start + 1);
    overflowing.answered(start + 1_000_001);
    overflowing.answered(start + InterfaceProber.WINDOW_NANOS + 2);

    assertThat(early.bitsPerSecond()).isZero();
    assertThat(both.bitsPerSecond())
        .isCloseTo(8e12 / (InterfaceProber.WINDOW_NANOS / 2), withinPercentage(1e-6));
    assertThat(overflowing.bitsPerSecond()).isCloseTo(8e6, withinPercentage(1e-6));
  }

  @Test
  void aRateNeedsTwoAnswersOfEveryPeer() {
    assertThat(answered(1000, 0, 10, 0).bitsPerSecond()).isZero();
    assertThat(answered(1000, 0, 10, 1).bitsPerSecond()).isZero();
    assertThat(answered(1000, 0, 0, 2).bitsPerSecond()).isZero();
    assertThat(InterfaceProber.together(List.of(4e7, 6e7))).isEqualTo(1e8);
    assertThat(InterfaceProber.together(List.of(4e7, 0.0))).isZero();
  }

  @Test
  void noMoreReachesPeersThanTheirLinksAndTheOwnInterfaceCarry() throws IOException {
    try (DataServer one = leaf();
        DataServer two = leaf()) {
      double alone = bitsPerSecond(new EmulatedLink(1_000_000_000, 0), one);
      double together = bitsPerSecond(new EmulatedLink(1_000_000_000, 0), one, two);
      double slow = bitsPerSecond(new EmulatedLink(LEAF, 0), one, two);
      assertThat(alone).isPositive().isLessThan(MORE * LEAF);
      assertThat(together).isPositive().isLessThan(2 * MORE * LEAF);
      assertThat(slow).isPositive().isLessThan(MORE * LEAF);
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
