package org.edgeld.workbench.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class SharedExchangeTest {
  private static final int DEVICES = 5;
  private static final int HEAD = 2;
  private static final double ROUNDING = 1e-6;

  @Test
  void aScatterOfUnequalSlicesEndsWithTheShortest() {
    SharedExchange exchange = new SharedExchange(InterfaceRates.equal(4));
    exchange.add(0, 1, 1);
    exchange.add(0, 2, 2);
    exchange.add(0, 3, 3);
    double[] outgoing = {10, 0, 0, 0};
    double[] incoming = new double[4];
    exchange.deliver(new double[] {4, 0, 0, 0}, outgoing, incoming);
    assertThat(exchange.endNanos(0, 1)).isCloseTo(13, within(ROUNDING));
    assertThat(exchange.endNanos(0, 2)).isCloseTo(15, within(ROUNDING));
    assertThat(exchange.endNanos(0, 3)).isCloseTo(16, within(ROUNDING));
    assertThat(outgoing[0]).isCloseTo(16, within(ROUNDING));
  }

  @Test
  void slicesOfOnePairCountAsOne() {
    SharedExchange exchange = new SharedExchange(InterfaceRates.equal(2));
    exchange.add(0, 1, 3);
    exchange.add(0, 1, 4);
    exchange.deliver(new double[2], new double[2], new double[2]);
    assertThat(exchange.senders(1)).isEqualTo(1);
    assertThat(exchange.endNanos(0, 1)).isCloseTo(7, within(ROUNDING));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatOneDeviceGathersArrivesAsInTheSimulator(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 40; round++) {
      InterfaceRates rates = round % 2 == 0 ? InterfaceRates.equal(DEVICES) : rates(random);
      SharedExchange exchange = new SharedExchange(rates);
      double[] now = new double[DEVICES];
      double[] work = new double[DEVICES];
      for (int from = 0; from < DEVICES; from++) {
        now[from] = random.nextInt(3) == 0 ? 0 : random.nextInt(50);
        work[from] = 1 + random.nextInt(30);
      }
      exchange.clear();
      for (int from = 0; from < DEVICES; from++) {
        if (from != HEAD) {
          exchange.add(from, HEAD, work[from]);
        }
      }
      exchange.deliver(now, new double[DEVICES], new double[DEVICES]);
      double[] ends = simulated(rates, now, work);
      for (int from = 0; from < DEVICES; from++) {
        if (from != HEAD) {
          assertThat(exchange.endNanos(from, HEAD)).isCloseTo(ends[from], within(ROUNDING));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatOneDeviceScattersArrivesAsInTheSimulator(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      InterfaceRates rates = rates(random);
      SharedExchange exchange = new SharedExchange(rates);
      SharedLinks links = new SharedLinks(rates);
      double[] ends = new double[DEVICES];
      int[] receivers = new int[DEVICES];
      for (int to = 0; to < DEVICES; to++) {
        double work = 1 + random.nextInt(30);
        if (to != HEAD) {
          exchange.add(HEAD, to, work);
          receivers[links.send(0, HEAD, to, work)] = to;
        }
      }
      while (links.nextNanos() < Double.POSITIVE_INFINITY) {
        links.endNext((slice, start, end) -> ends[receivers[slice]] = end);
      }
      exchange.deliver(new double[DEVICES], new double[DEVICES], new double[DEVICES]);
      for (int to = 0; to < DEVICES; to++) {
        if (to != HEAD) {
          assertThat(exchange.endNanos(HEAD, to)).isCloseTo(ends[to], within(ROUNDING));
        }
      }
    }
  }

  @Test
  void aFastInterfaceIsFreeAgainBeforeSlowOnesAre() {
    // A carries ten times what B and C do
    double[][] pairs = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    SharedExchange exchange =
        new SharedExchange(
            new InterfaceRates(pairs, new double[] {10, 1, 1}, new double[] {10, 1, 1}));
    exchange.add(0, 1, 100);
    exchange.add(0, 2, 100);
    double[] outgoing = {5, 0, 0};
    double[] incoming = new double[3];
    exchange.deliver(new double[3], outgoing, incoming);
    assertThat(exchange.endNanos(0, 1)).isCloseTo(105, within(ROUNDING));
    assertThat(exchange.endNanos(0, 2)).isCloseTo(105, within(ROUNDING));
    assertThat(outgoing[0]).isCloseTo(25, within(ROUNDING));
    assertThat(incoming[1]).isCloseTo(105, within(ROUNDING));
  }

  /** Interfaces that carry one to six times the fastest of their pairs. */
  private static InterfaceRates rates(Random random) {
    double[][] pairs = new double[DEVICES][DEVICES];
    double[] outgoing = new double[DEVICES];
    double[] incoming = new double[DEVICES];
    for (int from = 0; from < DEVICES; from++) {
      for (int to = 0; to < DEVICES; to++) {
        pairs[from][to] = from == to ? 0 : 1 + random.nextInt(5);
        outgoing[from] = Math.max(outgoing[from], pairs[from][to]);
        incoming[to] = Math.max(incoming[to], pairs[from][to]);
      }
    }
    for (int device = 0; device < DEVICES; device++) {
      outgoing[device] *= 1 + random.nextInt(3);
      incoming[device] *= 1 + random.nextInt(3);
    }
    return new InterfaceRates(pairs, outgoing, incoming);
  }

  private static double[] simulated(InterfaceRates rates, double[] now, double[] work) {
    SharedLinks links = new SharedLinks(rates);
    double[] ends = new double[DEVICES];
    int[] senders = new int[DEVICES];
    SharedLinks.Listener listener = (slice, start, end) -> ends[senders[slice]] = end;
    for (int time = 0; time <= 50; time++) {
      for (int from = 0; from < DEVICES; from++) {
        if (from != HEAD && now[from] == time) {
          while (links.nextNanos() <= time) {
            links.endNext(listener);
          }
          senders[links.send(time, from, HEAD, work[from])] = from;
        }
      }
    }
    while (links.nextNanos() < Double.POSITIVE_INFINITY) {
      links.endNext(listener);
    }
    return ends;
  }
}
