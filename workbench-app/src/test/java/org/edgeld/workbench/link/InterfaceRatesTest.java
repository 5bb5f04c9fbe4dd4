package org.edgeld.workbench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class InterfaceRatesTest {
  private static final double ROUNDING = 1e-12;

  /** A sends to B at 3, to C at 1; B to A at 2. */
  private static final double[][] PAIRS = {{0, 3, 1}, {2, 0, 1}, {1, 1, 0}};

  private static final double[] UNKNOWN = new double[3];

  @Test
  void anInterfaceThatIsNotKnownIsAsFastAsItsFastestPair() {
    InterfaceRates rates = new InterfaceRates(PAIRS, UNKNOWN, UNKNOWN);
    assertThat(rates.outgoing(0)).isEqualTo(3);
    assertThat(rates.incoming(0)).isEqualTo(2);
    assertThat(rates.outgoingShare(0, 1)).isEqualTo(1);
    assertThat(rates.outgoingShare(0, 2)).isCloseTo(1.0 / 3, within(ROUNDING));
    assertThat(rates.incomingShare(1, 0)).isEqualTo(1);
  }

  @Test
  void forBoundsItMayCarryAllItsPairsAtOnce() {
    InterfaceRates rates = new InterfaceRates(PAIRS, UNKNOWN, UNKNOWN);
    assertThat(rates.leastIncomingShare(1, 0)).isCloseTo(2.0 / 3, within(ROUNDING));
    double[] known = {2.5, 0, 1e6};
    InterfaceRates some = new InterfaceRates(PAIRS, UNKNOWN, known);
    assertThat(some.leastIncomingShare(1, 0)).isCloseTo(0.8, within(ROUNDING));
    assertThat(some.leastIncomingShare(0, 2))
        .as("pairs carry no more, whatever the interface does")
        .isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void anInterfaceCarriesAtLeastWhatItsPairsDo() {
    double[] measuredTooSlow = {2, 2, 2};
    InterfaceRates rates = new InterfaceRates(PAIRS, measuredTooSlow, measuredTooSlow);
    assertThat(rates.outgoing(0)).isEqualTo(3);
    assertThat(rates.outgoing(2)).isEqualTo(2);
    assertThat(rates.leastIncomingShare(0, 1)).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void aFasterInterfaceIsOnlyAsGoodAsTheOtherEnd() {
    double[] carried = {4, 4, 4};
    InterfaceRates faster = new InterfaceRates(PAIRS, carried, carried).faster(0, 2);
    assertThat(faster.outgoing(0)).isEqualTo(8);
    assertThat(faster.pair(0, 1)).as("as far as B's interface goes").isEqualTo(4);
    assertThat(faster.pair(0, 2)).isEqualTo(2);
    assertThat(faster.pair(1, 2)).isEqualTo(1);
  }

  @Test
  void whatComesFromElsewhereFillsTheReceiversInterface() {
    double[] carried = {5, 4, 4};
    InterfaceRates rates = new InterfaceRates(PAIRS, carried, carried).withSource(0);
    assertThat(rates.devices()).isEqualTo(4);
    assertThat(rates.pair(3, 0)).isEqualTo(5);
    assertThat(rates.incomingShare(3, 0)).isEqualTo(1);
    assertThat(rates.pair(0, 1)).isEqualTo(3);
    assertThat(rates.outgoing(0)).isEqualTo(5);
    assertThat(rates.incoming(1)).isEqualTo(4);
  }

  @Test
  void ratesWithoutLimitAreNoNumberToDivideBy() {
    double infinite = Double.POSITIVE_INFINITY;
    double[][] pairs = {{infinite, infinite}, {5, infinite}};
    double[] carried = {infinite, infinite};
    InterfaceRates rates = new InterfaceRates(pairs, carried, carried);
    assertThat(rates.outgoingShare(0, 1)).isEqualTo(1);
    assertThat(rates.outgoingShare(1, 0)).isBetween(0.0, 1e-9);
  }
}
