package org.edgeld.agent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.edgeld.agent.AgentMain;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.runtime.EmptyModel;
import org.edgeld.agent.runtime.LocalRun;
import org.edgeld.model.ModelGraph;
import org.edgeld.transport.SharedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(60)
class BenchTest {
  @Test
  void medianAndPercentilesLieBetweenTheSamples() {
    Timings timings = new Timings(new long[] {40, 10, 30, 20});

    assertThat(timings.median()).isEqualTo(25);
    assertThat(timings.percentile(0)).isEqualTo(10);
    assertThat(timings.percentile(100)).isEqualTo(40);
    assertThat(new Timings(new long[] {7}).percentile(99)).isEqualTo(7);
  }

  @Test
  void ratiosAreThoseOfTheRoundsAndNotOfTheMedians() {
    Timings busyLater = new Timings(new long[] {10, 20, 90});
    Timings twice = new Timings(new long[] {20, 40, 180});
    Timings other = new Timings(new long[] {30, 20, 9});

    assertThat(twice.over(busyLater)).isEqualTo(2);
    assertThat(other.over(busyLater)).isEqualTo(1);
  }

  @Test
  void thingsAreTimedInTurnAndWarmUpsDoNotCount() throws Exception {
    List<String> order = new ArrayList<>();
    List<Timings> times =
        Timings.inTurn(
            1,
            2,
            List.of(
                () -> {
                  order.add("a");
                  return order.size();
                },
                () -> {
                  order.add("b");
                  return -order.size();
                }));

    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(times.get(0).nanos()).containsExactly(3, 5);
    assertThat(times.get(1).nanos()).containsExactly(-4, -6);
  }

  @ParameterizedTest
  @CsvSource({"0", "1000000000"})
  void everyByteOfAStreamArrives(long bitsPerSecond) throws Exception {
    Random random = new Random(1);
    SharedKey key = SharedKey.random();
    try (FarEnd far = new FarEnd(key, bitsPerSecond);
        BareChannel bare = new BareChannel(far.place().bare(), far.place().link(), key);
        PlanePair plane = new PlanePair(far.place(), key)) {
      for (int i = 0; i < 5; i++) {
        ByteBuffer payload = ByteBuffer.allocateDirect(1 + random.nextInt(300_000));
        assertThat(bare.stream(payload, 3)).isPositive();
        assertThat(plane.stream(payload, 3)).isPositive();
      }
      ByteBuffer message = ByteBuffer.allocateDirect(64);
      assertThat(bare.roundTrip(message, 20)).isPositive();
      assertThat(plane.roundTrip(message, 20)).isPositive();
      assertThat(plane.controlRoundTrip()).isPositive();
    }
  }

  @Test
  void strangersNeitherBlockTheBareChannelNorOrderAnything() throws Exception {
    SharedKey key = SharedKey.random();
    try (FarEnd far = new FarEnd(key, 0);
        SocketChannel silent = SocketChannel.open(far.place().bare());
        BareChannel stranger =
            new BareChannel(far.place().bare(), far.place().link(), SharedKey.random());
        BareChannel bare = new BareChannel(far.place().bare(), far.place().link(), key)) {
      ByteBuffer payload = ByteBuffer.allocateDirect(1000);
      assertThat(silent.isConnected()).isTrue();
      assertThatThrownBy(() -> stranger.roundTrip(payload, 1)).isInstanceOf(IOException.class);
      assertThat(bare.stream(payload, 3)).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, BareChannel.MOST_BYTES + 1, Integer.MAX_VALUE})
  void impossibleLengthsEndTheirChannelOnly(int bytes) throws Exception {
    SharedKey key = SharedKey.random();
    try (FarEnd far = new FarEnd(key, 0);
        SocketChannel wrong = SocketChannel.open(far.place().bare());
        BareChannel bare = new BareChannel(far.place().bare(), far.place().link(), key)) {
      wrong.write(ByteBuffer.wrap(key.hex().getBytes(StandardCharsets.US_ASCII)));
      wrong.write(ByteBuffer.allocate(12).putInt(bytes).putInt(1).putInt(0).flip());
      assertThat(wrong.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      assertThat(bare.stream(ByteBuffer.allocateDirect(1000), 3)).isPositive();
    }
  }

  @Test
  void anEmulatedLinkBoundsAStream() throws Exception {
    SharedKey key = SharedKey.random();
    try (FarEnd far = new FarEnd(key, 100_000_000);
        BareChannel bare = new BareChannel(far.place().bare(), far.place().link(), key);
        PlanePair plane = new PlanePair(far.place(), key)) {
      ByteBuffer payload = ByteBuffer.allocateDirect(250_000);
      // 20 Mbit at 100 Mbit/s cannot take less than 200 ms; threads may catch up by some
      assertThat(plane.stream(payload, 10)).isGreaterThan(180_000_000L);
      assertThat(bare.stream(payload, 10)).isGreaterThan(180_000_000L);
    }
  }

  @Test
  void theFarEndsOfASecondProcessTakeWhatIsSent() throws Exception {
    SharedKey key = SharedKey.random();
    try (FarProcess far = new FarProcess(key, List.of(0L, 1_000_000_000L))) {
      for (long rate : List.of(0L, 1_000_000_000L)) {
        FarEnd.Place place = far.place(rate);
        assertThat(place.bitsPerSecond()).isEqualTo(rate);
        try (BareChannel bare = new BareChannel(place.bare(), place.link(), key);
            PlanePair plane = new PlanePair(place, key)) {
          ByteBuffer payload = ByteBuffer.allocateDirect(100_000);
          assertThat(bare.stream(payload, 2)).isPositive();
          assertThat(plane.stream(payload, 2)).isPositive();
          assertThat(plane.controlRoundTrip()).isPositive();
        }
      }
    }
  }

  @Test
  void framesOfAnEmptyModelRunToTheirEnd() throws Exception {
    ModelGraph graph = BenchNetworks.chain(5);
    for (int layersPerStep : List.of(1, 2, 5)) {
      try (LocalRun run =
          new LocalRun(
              graph, new EmptyModel(graph.input().bytes()), layersPerStep, () -> new CpuShare(1))) {
        for (int frame = 0; frame < 10; frame++) {
          assertThat(run.once()).isPositive();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"--repeats,0,Maybe 3", "--repeats,5000,Maybe 1000", "--threads,0,Maybe 1"})
  void valuesOutOfRangeAreRefused(String option, String value, String maybe) {
    StringWriter err = new StringWriter();
    CommandLine line = AgentMain.commandLine().setErr(new PrintWriter(err, true));

    assertThat(line.execute("bench", option, value)).isEqualTo(2);
    assertThat(err.toString()).contains(option).contains(value).contains(maybe);
  }
}
