package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.transport.RecordingHandler.eventually;
import static org.edgeld.transport.RecordingHandler.next;

import com.esotericsoftware.kryonet.FrameworkMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.wire.Authentication;
import org.edgeld.wire.ProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileControlPeersTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final SharedKey key = SharedKey.random();
  private final RecordingHandler agent = new RecordingHandler();
  private final RecordingHandler workbench = new RecordingHandler();
  private ControlServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new ControlServer(LOOPBACK, 0, key, agent);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void assertStillServing() throws Exception {
    ControlConnection connection =
        eventually(
            () -> ControlClient.connect("127.0.0.1", server.port(), key, TIMEOUT, workbench));
    connection.send(new WorkbenchMessage.ReadClock(99));
    assertThat(next(agent.received)).isEqualTo(new WorkbenchMessage.ReadClock(99));
    connection.close();
  }

  @Test
  void messagesBeforeAuthenticationAreNotHeard() throws Exception {
    try (RawControlPeer stranger = new RawControlPeer(server.port())) {
      assertThat(stranger.receive()).isInstanceOf(Authentication.Challenge.class);
      stranger.send(new WorkbenchMessage.ReadClock(1));
      stranger.awaitEnd();
    }
    assertStillServing();
    assertThat(agent.connected).hasSize(1);
  }

  @Test
  void guessedProofsAreRejected() throws Exception {
    try (RawControlPeer stranger = new RawControlPeer(server.port())) {
      stranger.receive();
      stranger.send(new Authentication.Proof(ProtocolVersion.CURRENT, new long[4], new long[4]));
      assertThat(stranger.receive())
          .isEqualTo(new Authentication.Rejected(Authentication.Reason.WRONG_KEY));
      stranger.awaitEnd();
    }
  }

  @Test
  void anotherVersionIsRejectedByTheServer() throws Exception {
    try (RawControlPeer old = new RawControlPeer(server.port())) {
      old.receive();
      old.send(new Authentication.Proof(0, new long[4], new long[4]));
      assertThat(old.receive())
          .isEqualTo(new Authentication.Rejected(Authentication.Reason.PROTOCOL));
    }
  }

  @Test
  void anotherVersionIsToldByTheClient() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, LOOPBACK)) {
      Thread newer =
          new Thread(
              () -> {
                try (RawControlPeer peer = new RawControlPeer(listening.accept())) {
                  peer.send(new FrameworkMessage.RegisterTCP());
                  peer.send(new Authentication.Challenge(ProtocolVersion.CURRENT + 1, new long[4]));
                  peer.awaitEnd();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      newer.start();
      assertThatThrownBy(
              () ->
                  ControlClient.connect(
                      "127.0.0.1", listening.getLocalPort(), key, TIMEOUT, workbench))
          .isInstanceOf(ProtocolMismatchException.class)
          .hasMessageContaining("speaks protocol " + (ProtocolVersion.CURRENT + 1));
      newer.join();
    }
  }

  @Test
  void aServerWithoutTheKeyIsNotTrusted() throws Exception {
    try (ServerSocket listening = new ServerSocket(0, 1, LOOPBACK)) {
      Thread impostor =
          new Thread(
              () -> {
                try (RawControlPeer peer = new RawControlPeer(listening.accept())) {
                  peer.send(new FrameworkMessage.RegisterTCP());
                  peer.send(new Authentication.Challenge(ProtocolVersion.CURRENT, new long[4]));
                  peer.receive();
                  peer.send(new Authentication.Accepted(new long[4]));
                  peer.awaitEnd();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      impostor.start();
      assertThatThrownBy(
              () ->
                  ControlClient.connect(
                      "127.0.0.1", listening.getLocalPort(), key, TIMEOUT, workbench))
          .isInstanceOf(WrongKeyException.class);
      impostor.join();
      assertThat(workbench.connected).isEmpty();
    }
  }

  @Test
  void randomBytesHurtNobody() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[64];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        // a plausible length, and a class that exists
        bytes[0] = 0;
        bytes[1] = 0;
        bytes[2] = 0;
        bytes[3] = 40;
        bytes[4] = (byte) (2 + 10 + random.nextInt(60));
      }
      try (Socket socket = new Socket(LOOPBACK, server.port())) {
        socket.getOutputStream().write(bytes);
      }
    }
    assertStillServing();
    assertThat(agent.connected).hasSize(1);
  }

  @Test
  void idleConnectionsAreShedAtOnceBeyondTheCapAndAllAfterTheDeadline() throws Exception {
    List<RawControlPeer> idle = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      idle.add(new RawControlPeer(server.port()));
    }
    for (RawControlPeer each : idle) {
      each.awaitEnd();
      each.close();
    }
    assertStillServing();
  }

  @Test
  void aPeerThatFallsSilentIsDisconnected() throws Exception {
    try (RawControlPeer hung = authenticated()) {
      ControlConnection connection = next(agent.connected);
      assertThat(next(agent.disconnected)).isSameAs(connection);
      assertThat(connection.open()).isFalse();
    }
  }

  @Test
  void sendingToAPeerThatDoesNotReadFailsInsteadOfHanging() throws Exception {
    try (RawControlPeer hung = authenticated()) {
      ControlConnection connection = next(agent.connected);
      Message large = new AgentMessage.Refused("x".repeat(60_000));
      assertThatThrownBy(
              () -> {
                while (true) {
                  connection.send(large);
                }
              })
          .isInstanceOf(IOException.class);
      next(agent.disconnected);
    }
    assertStillServing();
  }

  @Test
  void aPeerThatFillsTheQueueIsDisconnected() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    RecordingHandler slow =
        new RecordingHandler() {
          @Override
          public void received(ControlConnection connection, Message message) {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    try (ControlServer other = new ControlServer(LOOPBACK, 0, key, slow)) {
      ControlConnection flood =
          ControlClient.connect("127.0.0.1", other.port(), key, TIMEOUT, workbench);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100 * ControlEvents.MAX_WAITING; i++) {
                  flood.send(new WorkbenchMessage.ReadClock(i));
                }
              })
          .isInstanceOf(IOException.class);
      stuck.countDown();
      next(slow.disconnected);
    }
  }

  /** Returns a peer that has the key, and never says that it lives. */
  private RawControlPeer authenticated() throws IOException {
    RawControlPeer peer = new RawControlPeer(server.port());
    Authentication.Challenge challenge = (Authentication.Challenge) peer.receive();
    peer.send(ControlAuthentication.proof(key, challenge));
    assertThat(peer.receive()).isInstanceOf(Authentication.Accepted.class);
    return peer;
  }
}
