package org.edgeld.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryonet.FrameworkMessage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.AgentMessage;
import org.edgeld.message.Message;
import org.edgeld.message.WorkbenchMessage;
import org.edgeld.model.Axes;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageRegistryTest {
  private static final int MAX = MessageRegistry.MAX_MESSAGE_BYTES;

  static Stream<Class<?>> everythingThatTravels() {
    return Stream.of(
            Samples.cases(Message.class),
            Samples.cases(Authentication.class),
            Stream.<Class<?>>of(AgentInfo.class))
        .flatMap(each -> each);
  }

  private static Vocabulary vocabulary(Class<?> type) {
    return type == AgentInfo.class ? Vocabulary.DISCOVERY : Vocabulary.CONTROL;
  }

  @ParameterizedTest
  @MethodSource("everythingThatTravels")
  void everyMessageComesBackAsItWas(Class<?> type) throws Exception {
    Random random = new Random(type.getName().hashCode());
    for (int i = 0; i < 50; i++) {
      Object message = Samples.random(type, random);

      byte[] bytes = MessageRegistry.encode(message, MAX);
      Object back = MessageRegistry.decode(ByteBuffer.wrap(bytes), vocabulary(type));

      assertThat(back).usingRecursiveComparison().isEqualTo(message);
      assertThat(MessageRegistry.encode(back, MAX)).isEqualTo(bytes);
    }
  }

  @Test
  void everythingReachableFromMessagesAndBlobsIsPinned() {
    Set<Class<?>> reachable = new HashSet<>();
    for (Class<?> root :
        List.of(
            Message.class,
            Authentication.class,
            AgentInfo.class,
            Deployment.class,
            ModelGraph.class)) {
      collect(root, reachable);
    }
    Set<Class<?>> pinned =
        WireTypes.ids().keySet().stream().filter(Class::isRecord).collect(Collectors.toSet());
    assertThat(pinned).isEqualTo(reachable);
  }

  private static void collect(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType list) {
      collect(list.getActualTypeArguments()[0], records);
    } else if (type instanceof Class<?> c && c.isSealed()) {
      Samples.cases(c).forEach(each -> collect(each, records));
    } else if (type instanceof Class<?> c && c.isRecord() && records.add(c)) {
      for (RecordComponent component : c.getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }

  @Test
  void numbersNeverChange() {
    String table =
        WireTypes.ids().entrySet().stream()
            .map(each -> each.getValue() + " " + name(each.getKey()))
            .collect(Collectors.joining("\n"));
    assertThat(table)
        .isEqualTo(
            """
            10 FrameworkMessage.RegisterTCP
            11 FrameworkMessage.RegisterUDP
            12 FrameworkMessage.KeepAlive
            13 FrameworkMessage.DiscoverHost
            14 FrameworkMessage.Ping
            16 Authentication.Challenge
            17 Authentication.Proof
            18 Authentication.Accepted
            19 Authentication.Rejected
            20 WorkbenchMessage.Deploy
            21 WorkbenchMessage.Undeploy
            22 WorkbenchMessage.ProfileCompute
            23 WorkbenchMessage.ProbeLink
            24 WorkbenchMessage.Cancel
            25 WorkbenchMessage.ReadClock
            26 WorkbenchMessage.Connect
            27 WorkbenchMessage.ProbeInterface
            40 AgentMessage.Welcome
            41 AgentMessage.Refused
            42 AgentMessage.BlobsWanted
            43 AgentMessage.Deployed
            44 AgentMessage.FrameDone
            45 AgentMessage.FrameReport
            46 AgentMessage.ProfileProgress
            47 AgentMessage.ComputeProfile
            48 AgentMessage.LinkProfile
            49 AgentMessage.ClockReading
            50 AgentMessage.DeploymentFailed
            51 AgentMessage.RequestFailed
            52 AgentMessage.Connected
            53 AgentMessage.InterfaceProfile
            70 AgentInfo
            71 Deployment
            72 ModelGraph
            80 Operator.Conv2d
            81 Operator.Pool2d
            82 Operator.Activate
            84 Operator.Concat
            86 Operator.Flatten
            87 Operator.Linear
            88 Operator.Softmax
            89 Operator.Elementwise
            90 Operator.Reduce
            91 Operator.ConvTranspose2d
            92 Operator.Prelu
            93 Operator.ChannelAffine
            94 Operator.ElementwiseConstant
            95 Operator.Crop
            96 Operator.Pad
            97 Operator.Reshape
            98 Operator.Transpose
            99 Operator.ChannelShuffle
            100 Operator.DepthToSpace
            101 Operator.Resize
            102 Operator.LocalResponseNorm
            110 WeightRef.Seeded
            111 WeightRef.Stored
            115 Step.Receive
            116 Step.Compute
            117 Step.Send
            118 Step.Release
            200 BlobRef
            201 Emulation
            202 ProfileSpec
            203 ProfileSpec.TileSpec
            204 ProfileSpec.GridPoint
            205 Layer
            206 Sha256
            207 TensorId
            208 TensorShape
            209 Window
            210 DeploymentId
            211 DeviceId
            212 DeviceProgram
            213 PeerAddress
            214 ProgramSet
            215 Block
            216 Range
            217 Slice
            218 Region
            219 Activation
            220 Axes
            221 Resample\
            """);
  }

  private static String name(Class<?> type) {
    String outer = type.getEnclosingClass() == null ? "" : name(type.getEnclosingClass()) + ".";
    return outer + type.getSimpleName();
  }

  @Test
  void bytesNeverChange() throws Exception {
    assertThat(hex(new FrameworkMessage.DiscoverHost())).isEqualTo("0f");
    assertThat(hex(new WorkbenchMessage.ReadClock(5))).isEqualTo("1b0a");
    assertThat(hex(new AgentMessage.RequestFailed(-1, "nö"))).isEqualTo("3501036ec3b6");
    assertThat(hex(new AgentMessage.LinkProfile(1, 300, 4, 0.5)))
        .isEqualTo("3202d80408000000000000e03f");
    assertThat(
            hex(
                new AgentMessage.FrameReport(
                    new DeploymentId(2),
                    3,
                    new long[] {1, -1},
                    new long[] {},
                    0,
                    new long[] {-2},
                    new long[] {},
                    new long[] {-3},
                    new long[] {4},
                    5)))
        .isEqualTo("2f04060202010000010300010501080a");
    assertThat(hex(new Authentication.Rejected(Authentication.Reason.BUSY)))
        .isEqualTo("150442555359");
  }

  private static String hex(Object message) throws WireFormatException {
    return HexFormat.of().formatHex(MessageRegistry.encode(message, MAX));
  }

  @Test
  void beforeAuthenticationNothingElseIsRead() throws Exception {
    byte[] clock = MessageRegistry.encode(new WorkbenchMessage.ReadClock(5), MAX);
    byte[] challenge = MessageRegistry.encode(new Authentication.Challenge(1, new long[4]), MAX);

    assertThatThrownBy(() -> MessageRegistry.decode(ByteBuffer.wrap(clock), Vocabulary.HANDSHAKE))
        .isInstanceOf(WireFormatException.class);
    assertThat(MessageRegistry.decode(ByteBuffer.wrap(challenge), Vocabulary.HANDSHAKE))
        .isInstanceOf(Authentication.Challenge.class);
  }

  @Test
  void onlyMessagesStandAtTheTop() throws Exception {
    byte[] operator = MessageRegistry.encode(new Operator.Softmax(Axes.CHANNELS), MAX);
    assertThatThrownBy(() -> MessageRegistry.decode(ByteBuffer.wrap(operator), Vocabulary.CONTROL))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void tooLongMessagesAreNotEncoded() {
    AgentMessage.RequestFailed message = new AgentMessage.RequestFailed(1, "x".repeat(MAX));
    assertThatThrownBy(() -> MessageRegistry.encode(message, MAX))
        .isInstanceOf(WireFormatException.class)
        .hasMessageContaining("65536");
  }

  @Test
  void trailingBytesAreRefused() throws Exception {
    byte[] bytes = MessageRegistry.encode(new WorkbenchMessage.ReadClock(5), MAX);
    ByteBuffer longer = ByteBuffer.allocate(bytes.length + 1).put(bytes).clear();
    assertThatThrownBy(() -> MessageRegistry.decode(longer, Vocabulary.CONTROL))
        .isInstanceOf(WireFormatException.class);
  }
}
