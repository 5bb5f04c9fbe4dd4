package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.transport.RecordingHandler.next;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.wire.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlPlaneTest {
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

  private ControlConnection connect() throws IOException {
    return ControlClient.connect("127.0.0.1", server.port(), key, TIMEOUT, workbench);
  }

  @Test
  void messagesTravelBothWays() throws Exception {
    ControlConnection toAgent = connect();
    ControlConnection toWorkbench = next(agent.connected);
    Message welcome = new AgentMessage.Welcome(Samples.agent("id", "board"), 7);
    Message clock = new WorkbenchMessage.ReadClock(5);

    toWorkbench.send(welcome);
    toAgent.send(clock);

    assertThat(next(workbench.received)).isEqualTo(welcome);
    assertThat(next(agent.received)).isEqualTo(clock);
    assertThat(toAgent.open()).isTrue();
    assertThat(toAgent.remoteAddress()).isEqualTo("127.0.0.1:" + server.port());
  }

  @Test
  void theHandlerMaySendAsSoonAsItIsConnected() throws Exception {
    ControlHandler eager =
        new RecordingHandler() {
          @Override
          public void connected(ControlConnection connection) {
            try {
              connection.send(new AgentMessage.Refused("busy"));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    try (ControlServer other = new ControlServer(LOOPBACK, 0, key, eager)) {
      List<ControlConnection> connections = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        connections.add(ControlClient.connect("127.0.0.1", other.port(), key, TIMEOUT, workbench));
        assertThat(next(workbench.received)).isEqualTo(new AgentMessage.Refused("busy"));
      }
      connections.forEach(ControlConnection::close);
    }
  }

  @Test
  void closingByTheClientIsNoticedByBoth() throws Exception {
    ControlConnection toAgent = connect();
    ControlConnection toWorkbench = next(agent.connected);

    toAgent.close();

    assertThat(next(agent.disconnected)).isSameAs(toWorkbench);
    assertThat(next(workbench.disconnected)).isSameAs(toAgent);
    assertThat(toAgent.open()).isFalse();
    assertThatThrownBy(() -> toAgent.send(new WorkbenchMessage.ReadClock(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> toWorkbench.send(new AgentMessage.Refused("no")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void closingTheServerIsNoticedByBoth() throws Exception {
    ControlConnection toAgent = connect();
    ControlConnection toWorkbench = next(agent.connected);

    server.close();

    assertThat(next(workbench.disconnected)).isSameAs(toAgent);
    assertThat(next(agent.disconnected)).isSameAs(toWorkbench);
  }

  @Test
  void anotherKeyIsTold() {
    assertThatThrownBy(
            () ->
                ControlClient.connect(
                    "127.0.0.1", server.port(), SharedKey.random(), TIMEOUT, workbench))
        .isInstanceOf(WrongKeyException.class)
        .hasMessage(
            "127.0.0.1:%d refuses this key. Maybe its key file is another one; copy the agent's."
                .formatted(server.port()));
    assertThat(agent.connected).isEmpty();
    assertThat(workbench.connected).isEmpty();
  }

  @Test
  void nobodyAnsweringIsTold() throws Exception {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, LOOPBACK)) {
      free = probe.getLocalPort();
    }
    assertThatThrownBy(() -> ControlClient.connect("127.0.0.1", free, key, TIMEOUT, workbench))
        .isInstanceOf(UnreachableException.class)
        .hasMessageStartingWith("No agent answers at 127.0.0.1:" + free + ". Maybe");
  }

  @Test
  void somebodyElseListeningIsTold() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatThrownBy(
              () ->
                  ControlClient.connect(
                      "127.0.0.1", mute.getLocalPort(), key, Duration.ofMillis(300), workbench))
          .isInstanceOf(UnreachableException.class);
    }
  }

  @Test
  void aPortInUseIsTold() {
    assertThatThrownBy(() -> new ControlServer(LOOPBACK, server.port(), key, agent))
        .isInstanceOf(BindException.class)
        .hasMessage(
            "Port %d is in use. Maybe another agent runs here; choose --port."
                .formatted(server.port()));
  }

  @Test
  void tooLongMessagesFailAndHurtNobody() throws Exception {
    ControlConnection toAgent = connect();
    ControlConnection toWorkbench = next(agent.connected);

    assertThatThrownBy(() -> toWorkbench.send(new AgentMessage.Refused("x".repeat(70_000))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("65536");

    toWorkbench.send(new AgentMessage.Refused("short"));
    assertThat(next(workbench.received)).isEqualTo(new AgentMessage.Refused("short"));
    assertThat(toAgent.open()).isTrue();
  }

  @Test
  void manyLargeMessagesOfSeveralThreadsArriveInTheirOrders() throws Exception {
    connect();
    ControlConnection toWorkbench = next(agent.connected);
    int threads = 3;
    int each = 100;
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<?>> sent = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int id = thread;
      sent.add(
          executor.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  toWorkbench.send(
                      new AgentMessage.ComputeProfile(id, new long[] {i}, new long[60_000]));
                }
                return null;
              }));
    }
    long[] expected = new long[threads];
    for (int i = 0; i < threads * each; i++) {
      AgentMessage.ComputeProfile profile = (AgentMessage.ComputeProfile) next(workbench.received);
      int id = (int) profile.request();
      assertThat(profile.tileNanos()).containsExactly(expected[id]++);
    }
    for (Future<?> future : sent) {
      future.get();
    }
    executor.shutdown();
  }

  @Test
  void aThrowingHandlerHearsTheNextMessage() throws Exception {
    RecordingHandler touchy =
        new RecordingHandler() {
          @Override
          public void received(ControlConnection connection, Message message) {
            if (message.equals(new WorkbenchMessage.ReadClock(1))) {
              throw new IllegalStateException("This exception belongs to the test.");
            }
            super.received(connection, message);
          }
        };
    try (ControlServer other = new ControlServer(LOOPBACK, 0, key, touchy)) {
      ControlConnection connection =
          ControlClient.connect("127.0.0.1", other.port(), key, TIMEOUT, workbench);
      connection.send(new WorkbenchMessage.ReadClock(1));
      connection.send(new WorkbenchMessage.ReadClock(2));
      assertThat(next(touchy.received)).isEqualTo(new WorkbenchMessage.ReadClock(2));
      connection.close();
    }
  }

  @Test
  void closingFromBothSidesAtOnceNeverHangs() throws Exception {
    for (int i = 0; i < 100; i++) {
      ControlConnection toAgent = connect();
      ControlConnection toWorkbench = next(agent.connected);
      Thread other = new Thread(toWorkbench::close);
      other.start();
      toAgent.close();
      other.join();
      assertThat(next(agent.disconnected)).isSameAs(toWorkbench);
      assertThat(next(workbench.disconnected)).isSameAs(toAgent);
    }
    assertThat(agent.disconnected).isEmpty();
    assertThat(workbench.disconnected).isEmpty();
  }

  @Test
  void aPortCanBeListenedOnAgain() throws Exception {
    int port = server.port();
    connect();
    next(agent.connected);
    server.close();
    next(workbench.disconnected);

    server = new ControlServer(LOOPBACK, port, key, agent);
    connect();
    next(agent.connected);
  }
}
