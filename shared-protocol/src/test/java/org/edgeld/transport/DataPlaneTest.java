package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.transport.RecordingHandler.next;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataPlaneTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final ConnectionPurpose PROBE = new ConnectionPurpose.LinkProbe();

  private final SharedKey key = SharedKey.random();
  private final RecordingReceiver dialler = new RecordingReceiver();
  private final RecordingReceiver acceptor = new RecordingReceiver();
  private final BlockingQueue<DataConnection> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<ConnectionPurpose> purposes = new LinkedBlockingQueue<>();
  private DataServer server;

  @BeforeEach
  void listen() throws IOException {
    server = listen(LinkShaper.none());
  }

  @AfterEach
  void close() {
    server.close();
  }

  private DataServer listen(LinkShaper shaper) throws IOException {
    return new DataServer(
        LOOPBACK,
        0,
        key,
        shaper,
        (connection, purpose) -> {
          accepted.add(connection);
          purposes.add(purpose);
          return acceptor;
        });
  }

  private DataConnection dial() throws IOException {
    return dial(server, LinkShaper.none());
  }

  private DataConnection dial(DataServer to, LinkShaper shaper) throws IOException {
    return DataConnection.dial("127.0.0.1", to.port(), key, PROBE, shaper, dialler, TIMEOUT);
  }

  private static ByteBuffer random(int bytes, long seed, boolean direct) {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    return buffer.put(content).flip();
  }

  private static DataHeader probe(long number, int bytes) {
    return new DataHeader.Probe(number, false, bytes);
  }

  /** Completes when the frame is written, fails when it fails. */
  private static final class Outcome extends CompletableFuture<Long> implements SendListener {
    @Override
    public void written(long nanoTime) {
      complete(nanoTime);
    }

    @Override
    public void failed(IOException cause) {
      completeExceptionally(cause);
    }
  }

  static Stream<LinkShaper> shapers() {
    return Stream.of(
        LinkShaper.none(),
        new EmulatedLink(400_000_000, 0),
        new EmulatedLink(400_000_000, 3_000_000),
        new EmulatedLink(0, 3_000_000));
  }

  @ParameterizedTest
  @MethodSource("shapers")
  void framesOfAllLengthsArriveIntactAndInOrder(LinkShaper shaper) throws Exception {
    try (DataServer shaped = listen(shaper)) {
      DataConnection connection = dial(shaped, shaper);
      int[] lengths = {0, 1, 63, 64, 65, 5000, 24_935, 24_936, 24_937, 70_000, 1_000_000, 0, 3};
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < lengths.length; i++) {
        Outcome outcome = new Outcome();
        connection.send(
            probe(i, lengths[i]), random(lengths[i], i, i % 3 != 0).asReadOnlyBuffer(), outcome);
        outcomes.add(outcome);
      }
      for (int i = 0; i < lengths.length; i++) {
        assertThat(next(acceptor.frames))
            .isEqualTo(
                new RecordingReceiver.Frame(probe(i, lengths[i]), random(lengths[i], i, true)));
      }
      for (Outcome outcome : outcomes) {
        assertThat(outcome.get()).isLessThanOrEqualTo(System.nanoTime());
      }
      connection.close();
    }
  }

  @Test
  void silentPeersAreNoticedWithinSeconds() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      assumeTrue(channel.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE));

      DataDialer.configure(channel);

      assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      int seconds =
          channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)
              + channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)
                  * channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT);
      assertThat(seconds).isLessThan(15);
    }
  }

  @Test
  void bothSidesSend() throws Exception {
    dial().send(probe(1, 10), random(10, 1, true), SendListener.NONE);
    assertThat(next(acceptor.frames).header()).isEqualTo(probe(1, 10));
    next(accepted).send(probe(2, 20), random(20, 2, true), SendListener.NONE);
    assertThat(next(dialler.frames).header()).isEqualTo(probe(2, 20));
  }

  @Test
  void framesOfOneSenderStayInOrderAmongConcurrentOnes() throws Exception {
    DataConnection connection = dial();
    int senders = 4;
    int each = 200;
    CountDownLatch done = new CountDownLatch(senders);
    for (int s = 0; s < senders; s++) {
      int sender = s;
      new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  int bytes = (i * 37) % 3000;
                  connection.send(
                      probe(sender * 1000L + i, bytes),
                      random(bytes, sender * 1000L + i, true),
                      SendListener.NONE);
                }
                done.countDown();
              })
          .start();
    }
    long[] expected = new long[senders];
    for (int i = 0; i < senders * each; i++) {
      RecordingReceiver.Frame frame = next(acceptor.frames);
      long number = ((DataHeader.Probe) frame.header()).number();
      int sender = (int) (number / 1000);
      assertThat(number % 1000).isEqualTo(expected[sender]++);
      assertThat(frame.payload()).isEqualTo(random(frame.header().payloadBytes(), number, true));
    }
    done.await();
  }

  @Test
  void purposesReachTheHandler() throws Exception {
    List<ConnectionPurpose> sent =
        List.of(
            new ConnectionPurpose.Session(Long.MIN_VALUE),
            new ConnectionPurpose.Peer(new DeploymentId(-5), new DeviceId(3)),
            PROBE);
    for (ConnectionPurpose purpose : sent) {
      DataConnection.dial(
              "127.0.0.1", server.port(), key, purpose, LinkShaper.none(), dialler, TIMEOUT)
          .close();
      assertThat(next(purposes)).isEqualTo(purpose);
    }
  }

  @Test
  void framesSentWhileOpeningArrive() throws Exception {
    try (DataServer eager =
        new DataServer(
            LOOPBACK,
            0,
            key,
            LinkShaper.none(),
            (connection, purpose) -> {
              connection.send(probe(7, 3), random(3, 7, true), SendListener.NONE);
              return acceptor;
            })) {
      dial(eager, LinkShaper.none());
      assertThat(next(dialler.frames).header()).isEqualTo(probe(7, 3));
    }
  }

  @Test
  void closingIsToldToBothOnceAndWhatIsUnwrittenFails() throws Exception {
    DataConnection connection = dial();
    DataConnection other = next(accepted);

    connection.close();
    connection.close();
    Outcome late = new Outcome();
    connection.send(probe(1, 1), ByteBuffer.allocateDirect(1), late);

    assertThat(next(dialler.ends)).isEmpty();
    assertThat(next(acceptor.ends).orElseThrow())
        .hasMessage(other.remoteAddress() + " closed the connection.");
    assertThatThrownBy(late::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
    assertThat(dialler.ends).isEmpty();
    assertThat(acceptor.ends).isEmpty();
  }

  @Test
  void framesNobodyReadsFailWhenTheConnectionCloses() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    RecordingReceiver stubborn =
        new RecordingReceiver() {
          @Override
          public ByteBuffer destination(DataHeader header) throws IOException {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return super.destination(header);
          }
        };
    try (DataServer slow =
        new DataServer(LOOPBACK, 0, key, LinkShaper.none(), (connection, purpose) -> stubborn)) {
      DataConnection connection = dial(slow, LinkShaper.none());
      List<Outcome> outcomes = new ArrayList<>();
      ByteBuffer payload = ByteBuffer.allocateDirect(16 << 20);
      for (int i = 0; i < 4; i++) {
        Outcome outcome = new Outcome();
        connection.send(probe(i, payload.capacity()), payload, outcome);
        outcomes.add(outcome);
      }
      connection.close();
      for (Outcome outcome : outcomes) {
        assertThatThrownBy(() -> outcome.get(RecordingHandler.PATIENCE_SECONDS, TimeUnit.SECONDS))
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(IOException.class);
      }
      stuck.countDown();
      assertThat(next(stubborn.ends)).isPresent();
    }
  }

  @Test
  void closingTheServerClosesItsConnections() throws Exception {
    dial();
    next(accepted);
    server.close();
    assertThat(next(acceptor.ends)).isEmpty();
    assertThat(next(dialler.ends)).isPresent();
  }

  @Test
  void aReceiverThatThrowsClosesTheConnectionWithItsReason() throws Exception {
    for (Exception thrown :
        List.of(new IOException("not expected"), new IllegalStateException("not expected"))) {
      RecordingReceiver picky =
          new RecordingReceiver() {
            @Override
            public ByteBuffer destination(DataHeader header) throws IOException {
              if (thrown instanceof IOException e) {
                throw e;
              }
              throw (RuntimeException) thrown;
            }
          };
      try (DataServer pickyServer =
          new DataServer(LOOPBACK, 0, key, LinkShaper.none(), (connection, purpose) -> picky)) {
        dial(pickyServer, LinkShaper.none())
            .send(probe(1, 8), ByteBuffer.allocateDirect(8), SendListener.NONE);
        assertThat(next(picky.ends).orElseThrow()).hasMessageContaining("not expected");
        assertThat(next(dialler.ends)).isPresent();
      }
    }
  }

  @Test
  void aPayloadOfAnotherLengthIsRefusedAtOnce() throws Exception {
    DataConnection connection = dial();
    assertThatThrownBy(
            () -> connection.send(probe(1, 8), ByteBuffer.allocateDirect(9), SendListener.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherKeyIsTold() {
    assertThatThrownBy(
            () ->
                DataConnection.dial(
                    "127.0.0.1",
                    server.port(),
                    SharedKey.random(),
                    PROBE,
                    LinkShaper.none(),
                    dialler,
                    TIMEOUT))
        .isInstanceOf(WrongKeyException.class)
        .hasMessageContaining("127.0.0.1:" + server.port());
    assertThat(accepted).isEmpty();
  }

  @Test
  void unwantedConnectionsAreToldWhy() throws Exception {
    try (DataServer unwilling =
        new DataServer(
            LOOPBACK,
            0,
            key,
            LinkShaper.none(),
            (connection, purpose) -> {
              throw new IOException("There is no session 7.");
            })) {
      assertThatThrownBy(() -> dial(unwilling, LinkShaper.none()))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "127.0.0.1:%d refuses the connection: There is no session 7."
                  .formatted(unwilling.port()));
    }
  }

  @Test
  void nobodyAnsweringIsTold() throws Exception {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
      free = probe.getLocalPort();
    }
    assertThatThrownBy(
            () ->
                DataConnection.dial(
                    "127.0.0.1", free, key, PROBE, LinkShaper.none(), dialler, TIMEOUT))
        .isInstanceOf(UnreachableException.class);
    try (ServerSocket mute = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(
              () ->
                  DataConnection.dial(
                      "127.0.0.1",
                      mute.getLocalPort(),
                      key,
                      PROBE,
                      LinkShaper.none(),
                      dialler,
                      Duration.ofMillis(200)))
          .isInstanceOf(UnreachableException.class);
    }
  }

  @Test
  void aPortInUseIsTold() {
    assertThatThrownBy(
            () ->
                new DataServer(
                    LOOPBACK,
                    server.port(),
                    key,
                    LinkShaper.none(),
                    (connection, purpose) -> acceptor))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("is in use");
  }

  @Test
  void anEmulatedLinkIsNeverFasterThanItsRate() throws Exception {
    long bitsPerSecond = 80_000_000;
    try (DataServer shaped = listen(new EmulatedLink(bitsPerSecond, 0))) {
      // only the receiver is slow
      DataConnection connection = dial(shaped, LinkShaper.none());
      int bytes = 500_000;
      long start = System.nanoTime();
      for (int i = 0; i < 4; i++) {
        connection.send(probe(i, bytes), ByteBuffer.allocateDirect(bytes), SendListener.NONE);
      }
      for (int i = 0; i < 4; i++) {
        next(acceptor.frames);
      }
      assertThat(System.nanoTime() - start)
          .isGreaterThan((long) (4 * bytes * 8e9 / bitsPerSecond * 0.99));
    }
  }

  @Test
  void theDelayOfSeveralFramesOverlaps() throws Exception {
    long delayNanos = 300_000_000;
    try (DataServer plain = listen(LinkShaper.none())) {
      DataConnection connection = dial(plain, new EmulatedLink(0, delayNanos));
      long start = System.nanoTime();
      List<Outcome> outcomes = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Outcome outcome = new Outcome();
        connection.send(probe(i, 8), ByteBuffer.allocateDirect(8), outcome);
        outcomes.add(outcome);
      }
      next(acceptor.frames);
      assertThat(System.nanoTime() - start).isGreaterThan((long) (delayNanos * 0.99));
      for (int i = 1; i < 20; i++) {
        next(acceptor.frames);
      }
      // one after the other they would take twenty delays
      assertThat(System.nanoTime() - start).isLessThan(20 * delayNanos);
      assertThat(outcomes.get(0).get() - start).isLessThan(20 * delayNanos);
    }
  }
}
