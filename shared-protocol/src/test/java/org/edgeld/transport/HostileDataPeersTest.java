package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgeld.transport.RecordingHandler.eventually;
import static org.edgeld.transport.RecordingHandler.next;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.wire.ProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDataPeersTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int HELLO_BYTES = 56;

  /** So slow that a whole hello takes many times the deadline. */
  private static final int DRIP_MILLIS = 400;

  private static final ConnectionPurpose PROBE = new ConnectionPurpose.LinkProbe();

  private final SharedKey key = SharedKey.random();
  private final RecordingReceiver receiver = new RecordingReceiver();
  private final BlockingQueue<ConnectionPurpose> opened = new LinkedBlockingQueue<>();
  private DataServer server;

  @BeforeEach
  void listen() throws IOException {
    server =
        new DataServer(
            LOOPBACK,
            0,
            key,
            LinkShaper.none(),
            (connection, purpose) -> {
              opened.add(purpose);
              return receiver;
            });
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void assertStillServing() throws Exception {
    DataConnection connection =
        eventually(
            () ->
                DataConnection.dial(
                    "127.0.0.1",
                    server.port(),
                    key,
                    PROBE,
                    LinkShaper.none(),
                    new RecordingReceiver(),
                    TIMEOUT));
    DataHeader header = new DataHeader.Probe(99, false, 4);
    connection.send(header, ByteBuffer.allocateDirect(4), SendListener.NONE);
    assertThat(next(receiver.frames).header()).isEqualTo(header);
    connection.close();
  }

  private Socket authenticated() throws IOException {
    Socket socket = new Socket(LOOPBACK, server.port());
    socket.setSoTimeout((int) RecordingHandler.PATIENCE_SECONDS * 1000);
    try {
      DataHandshake.dial(socket, "test", key, PROBE, Deadline.in(TIMEOUT));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void awaitEnd(Socket socket) throws IOException {
    socket.setSoTimeout((int) RecordingHandler.PATIENCE_SECONDS * 1000);
    InputStream in = socket.getInputStream();
    try {
      int read = 0;
      while (read >= 0) {
        read = in.read();
      }
    } catch (SocketException e) {
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void impossibleHeadersCloseTheConnection() throws Exception {
    ByteBuffer negative = DataFrame.allocateHeader();
    DataFrame.encode(new DataHeader.Probe(1, false, 8), negative);
    negative.putInt(8, -8);
    ByteBuffer huge = DataFrame.allocateHeader();
    DataFrame.encode(new DataHeader.Probe(1, false, 8), huge);
    huge.putInt(8, Integer.MAX_VALUE);
    ByteBuffer noMark = ByteBuffer.allocate(DataFrame.HEADER_BYTES);
    for (ByteBuffer header : List.of(negative, huge, noMark)) {
      byte[] bytes = new byte[DataFrame.HEADER_BYTES];
      header.get(bytes);
      try (Socket socket = eventually(this::authenticated)) {
        socket.getOutputStream().write(bytes);
        awaitEnd(socket);
        assertThat(next(receiver.ends)).isPresent();
      }
    }
    assertThat(receiver.frames).isEmpty();
    assertStillServing();
  }

  @Test
  void unknownPurposesAreNotOpened() throws Exception {
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      byte[] hello = new byte[HELLO_BYTES];
      ByteBuffer.wrap(hello)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(0x48444c45)
          .putInt(ProtocolVersion.CURRENT)
          .putInt(77);
      socket.getOutputStream().write(hello);
      byte[] challenge = socket.getInputStream().readNBytes(40);
      socket.getOutputStream().write(key.code("edgeld data dialler", hello, challenge));
      awaitEnd(socket);
    }
    assertStillServing();
    assertThat(opened).hasSize(1);
  }

  @Test
  void anotherVersionIsToldToTheDialler() throws Exception {
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      byte[] hello = new byte[HELLO_BYTES];
      ByteBuffer.wrap(hello)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(0x48444c45)
          .putInt(ProtocolVersion.CURRENT + 1);
      socket.getOutputStream().write(hello);
      ByteBuffer challenge =
          ByteBuffer.wrap(socket.getInputStream().readNBytes(40)).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(challenge.getInt(4)).isEqualTo(ProtocolVersion.CURRENT);
      awaitEnd(socket);
    }
    assertThat(opened).isEmpty();
  }

  @Test
  void randomBytesHurtNobody() throws Exception {
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      try (Socket socket = new Socket(LOOPBACK, server.port())) {
        socket.getOutputStream().write(bytes);
      }
    }
    for (int i = 0; i < 20; i++) {
      byte[] bytes = new byte[200];
      random.nextBytes(bytes);
      try (Socket socket = eventually(this::authenticated)) {
        socket.getOutputStream().write(bytes);
        awaitEnd(socket);
        assertThat(next(receiver.ends)).isPresent();
      }
    }
    assertStillServing();
  }

  @Test
  void idleConnectionsAreShedAtOnceBeyondTheCapAndAllAfterTheDeadline() throws Exception {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      idle.add(new Socket(LOOPBACK, server.port()));
    }
    for (Socket each : idle) {
      awaitEnd(each);
      each.close();
    }
    assertStillServing();
  }

  @Test
  void drippingDoesNotExtendTheDeadline() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (Socket socket = new Socket(LOOPBACK, server.port())) {
      Thread drip =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 1000; i++) {
                    socket.getOutputStream().write(1);
                    written.incrementAndGet();
                    Thread.sleep(DRIP_MILLIS);
                  }
                } catch (IOException | InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      drip.setDaemon(true);
      drip.start();
      awaitEnd(socket);
      drip.interrupt();
    }
    // who waits as long as bytes come closes when they make up a whole hello, a wrong one
    assertThat(written.get()).isPositive().isLessThan(HELLO_BYTES);
    assertThat(opened).isEmpty();
  }
}
