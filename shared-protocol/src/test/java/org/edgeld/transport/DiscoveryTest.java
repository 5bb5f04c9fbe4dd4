package org.edgeld.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryonet.Client;
import com.esotericsoftware.kryonet.FrameworkMessage;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.edgeld.message.AgentInfo;
import org.edgeld.wire.Samples;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DiscoveryTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final List<LocalNetwork> HERE = List.of(new LocalNetwork(LOOPBACK, 8, LOOPBACK));
  private static final Duration WAIT = Duration.ofMillis(400);
  private static final int RANGE = 4;

  private final List<DiscoveryResponder> responders = new ArrayList<>();

  @AfterEach
  void close() {
    responders.forEach(DiscoveryResponder::close);
  }

  private DiscoveryResponder respond(String id, int basePort) throws IOException {
    DiscoveryResponder responder =
        new DiscoveryResponder(() -> Samples.agent(id, "agent " + id), basePort, RANGE, LOOPBACK);
    responders.add(responder);
    return responder;
  }

  private static int freePort() throws IOException {
    try (DatagramSocket probe = new DatagramSocket(0, LOOPBACK)) {
      return Math.min(probe.getLocalPort(), 65535 - RANGE);
    }
  }

  @Test
  void agentsOfOneMachineTakeDifferentPortsAndAreAllFound() throws Exception {
    int base = freePort();
    respond("a", base);
    respond("b", base);
    respond("c", base);

    List<Discovery.Found> found = Discovery.find(HERE, base, RANGE, WAIT);

    assertThat(found)
        .containsExactlyInAnyOrder(
            new Discovery.Found(Samples.agent("a", "agent a"), "127.0.0.1"),
            new Discovery.Found(Samples.agent("b", "agent b"), "127.0.0.1"),
            new Discovery.Found(Samples.agent("c", "agent c"), "127.0.0.1"));
  }

  @Test
  void anAgentThatAnswersTwiceIsOne() throws Exception {
    int base = freePort();
    respond("a", base);
    respond("a", base);
    assertThat(Discovery.find(HERE, base, RANGE, WAIT)).hasSize(1);
  }

  @Test
  void nobodyIsNoError() throws Exception {
    assertThat(Discovery.find(HERE, freePort(), 1, Duration.ofMillis(50))).isEmpty();
  }

  @Test
  void garbageHurtsNeitherSide() throws Exception {
    int base = freePort();
    DiscoveryResponder responder = respond("a", base);
    Random random = new Random(3);
    try (DatagramSocket stranger = new DatagramSocket()) {
      for (int i = 0; i < 5000; i++) {
        byte[] bytes = new byte[random.nextInt(1400)];
        random.nextBytes(bytes);
        stranger.send(new DatagramPacket(bytes, bytes.length, LOOPBACK, responder.port()));
      }
    }
    try (DatagramSocket liar = new DatagramSocket(0, LOOPBACK)) {
      Thread lying = new Thread(() -> answerGarbage(liar, random));
      lying.setDaemon(true);
      lying.start();
      List<Discovery.Found> found = new ArrayList<>();
      found.addAll(Discovery.find(HERE, liar.getLocalPort(), 1, WAIT));
      found.addAll(Discovery.find(HERE, responder.port(), 1, WAIT));
      assertThat(found).extracting(each -> each.info().agentId()).containsExactly("a");
    }
  }

  @Test
  void anAgentOfAnotherVersionIsKnownByItsNameVersionAndPorts() throws Exception {
    // as version 6 answers: it says neither kernel nor governor
    ByteBuffer answer = ByteBuffer.allocate(200);
    answer.put((byte) 72);
    for (String text : List.of("id-6", "old pi", "0.1")) {
      text(answer, text);
    }
    zigzag(answer, 6);
    zigzag(answer, 47500);
    zigzag(answer, 47501);
    text(answer, "Cortex-A72");
    text(answer, "aarch64");
    for (int number : new int[] {4, 1, 4000}) {
      zigzag(answer, number);
    }
    text(answer, "PyTorch");
    answer.put(new byte[8 + 3]).put((byte) 0).flip();

    AgentInfo info = DiscoveryDatagrams.readAnswer(answer).orElseThrow();

    assertThat(info.agentId()).isEqualTo("id-6");
    assertThat(info.name()).isEqualTo("old pi");
    assertThat(info.version()).isEqualTo("0.1");
    assertThat(info.protocolVersion()).isEqualTo(6);
    assertThat(info.controlPort()).isEqualTo(47500);
    assertThat(info.dataPort()).isEqualTo(47501);
    assertThat(info.processor()).isEqualTo(AgentInfo.UNKNOWN);
  }

  @Test
  void brokenAnswersOfThisVersionAreNoAgent() throws Exception {
    byte[] answer = DiscoveryDatagrams.answer(Samples.agent("a", "agent a"));
    for (int length = 0; length < answer.length; length++) {
      assertThat(DiscoveryDatagrams.readAnswer(ByteBuffer.wrap(answer, 0, length))).isEmpty();
    }
  }

  private static void text(ByteBuffer bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.put((byte) utf8.length).put(utf8);
  }

  private static void zigzag(ByteBuffer bytes, int number) {
    int rest = number << 1;
    while (rest > 127) {
      bytes.put((byte) ((rest & 127) | 128));
      rest >>= 7;
    }
    bytes.put((byte) rest);
  }

  private static void answerGarbage(DatagramSocket socket, Random random) {
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[1400], 1400);
        socket.receive(packet);
        byte[] bytes = new byte[200];
        random.nextBytes(bytes);
        bytes[0] = 72;
        socket.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      assertThat(socket.isClosed()).isTrue();
    }
  }

  @Test
  void aFullRangeIsTold() throws Exception {
    int base = freePort();
    for (int i = 0; i < RANGE; i++) {
      respond("agent" + i, base);
    }
    assertThatThrownBy(() -> respond("one too many", base))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("choose --discovery-port");
  }

  @Test
  void whatKryoNetsClientAsksIsAnswered() throws Exception {
    DiscoveryResponder responder = respond("a", freePort());
    Client client =
        new Client(8192, 8192, new ControlSerialization(LinkShaper.none())) {
          @Override
          public Kryo getKryo() {
            return null;
          }
        };
    try (DatagramSocket socket = new DatagramSocket()) {
      ByteBuffer question = ByteBuffer.allocate(64);
      client.getSerialization().write(client, question, new FrameworkMessage.DiscoverHost());
      socket.setSoTimeout(10_000);
      socket.send(
          new DatagramPacket(question.array(), question.position(), LOOPBACK, responder.port()));
      DatagramPacket answer = new DatagramPacket(new byte[1400], 1400);
      socket.receive(answer);
      assertThat(
              DiscoveryDatagrams.readAnswer(
                  ByteBuffer.wrap(answer.getData(), 0, answer.getLength())))
          .contains(Samples.agent("a", "agent a"));
    } finally {
      client.dispose();
    }
  }

  @Test
  void loopbackIsChosenOnlyAmongAgentsOfThisMachine() throws Exception {
    InetAddress lan = InetAddress.getByName("192.168.4.5");
    InetAddress other = InetAddress.getByName("192.168.7.9");
    InetAddress inner = InetAddress.getByName("172.17.0.1");
    List<LocalNetwork> networks =
        List.of(
            new LocalNetwork(LOOPBACK, 8, LOOPBACK),
            new LocalNetwork(inner, 16, inner),
            new LocalNetwork(lan, 22, lan));
    Map<String, Set<InetAddress>> answers = new LinkedHashMap<>();
    answers.put("here", new LinkedHashSet<>(List.of(inner, LOOPBACK, lan)));

    assertThat(HostChoice.choose(answers, networks)).isEqualTo(Map.of("here", LOOPBACK));

    answers.put("there", Set.of(other));
    assertThat(HostChoice.choose(answers, networks)).isEqualTo(Map.of("here", lan, "there", other));
  }
}
