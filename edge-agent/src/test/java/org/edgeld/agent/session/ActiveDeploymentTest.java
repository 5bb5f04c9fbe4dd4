package org.edgeld.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.Pacer;
import org.edgeld.agent.engine.TileResult;
import org.edgeld.agent.runtime.FrameListener;
import org.edgeld.agent.runtime.FrameTimes;
import org.edgeld.agent.runtime.ProgramRunner;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Operator;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.PeerAddress;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.transport.ConnectionPurpose;
import org.edgeld.transport.DataConnection;
import org.edgeld.transport.DataHeader;
import org.edgeld.transport.DataHeader.BlobPiece;
import org.edgeld.transport.DataHeader.Probe;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.transport.DataServer;
import org.edgeld.transport.FrameReceiver;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SendListener;
import org.edgeld.transport.SharedKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Device C's deployment against a head A that the test plays over a real connection; B never comes.
 */
@Timeout(60)
class ActiveDeploymentTest {
  private static final DeploymentId ID = new DeploymentId(5);
  private static final DeviceId A = new DeviceId(0);
  private static final DeviceId B = new DeviceId(1);
  private static final DeviceId C = new DeviceId(2);
  private static final TensorId T1 = new TensorId(1);

  /** Far more than the sockets' buffers hold. */
  private static final TensorShape SHAPE = new TensorShape(64, 256, 256);

  private static final Slice INPUT = Slice.whole(TensorId.INPUT, SHAPE);
  private static final Slice OUTPUT = Slice.whole(T1, SHAPE);

  private final SharedKey key = SharedKey.random();
  private final Echo model = new Echo();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> reports = new LinkedBlockingQueue<>();
  private final Head head = new Head();
  private ActiveDeployment deployment;
  private DataServer server;
  private DataConnection connection;

  /** Starts C, whose program ends with some more steps, and connects A to it. */
  private void start(Step... more) throws IOException {
    ProgramSet programs = programs(more);
    PeerAddress nowhere = new PeerAddress("nobody dials", "127.0.0.1", 1);
    deployment =
        new ActiveDeployment(
            new Deployment(ID, programs, List.of(nowhere, nowhere, nowhere), 1, Precision.FLOAT32),
            C,
            model);
    deployment.attach(
        new ProgramRunner(
            new ProgramRunner.Setup(
                ID, programs, C, model, deployment, new Ends(), () -> new CpuShare(1), 1)));
    server =
        new DataServer(
            InetAddress.getLoopbackAddress(),
            0,
            key,
            LinkShaper.none(),
            (opened, purpose) -> deployment.accept(A, opened));
    deployment.connect(key, LinkShaper.none());
    connection =
        DataConnection.dial(
            "127.0.0.1",
            server.port(),
            key,
            new ConnectionPurpose.Peer(ID, A),
            LinkShaper.none(),
            head,
            Duration.ofSeconds(5));
  }

  @AfterEach
  void close() {
    model.goOn.countDown();
    head.reads.countDown();
    deployment.close();
    connection.close();
    server.close();
  }

  /** An activation that A leaves to C. */
  private static ProgramSet programs(Step... more) {
    GraphBuilder builder = new GraphBuilder("echo", SHAPE, GraphBuilder.seeded(1));
    builder.add("relu", new Operator.Activate(Activation.RELU), List.of(TensorId.INPUT));
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Receive(INPUT, A));
    steps.add(new Step.Compute(new Block(0, 1), List.of(OUTPUT)));
    steps.add(new Step.Send(OUTPUT, A));
    steps.addAll(List.of(more));
    return new ProgramSet(
        builder.build(),
        A,
        List.of(
            new DeviceProgram(A, List.of(new Step.Send(INPUT, C), new Step.Receive(OUTPUT, C))),
            new DeviceProgram(B, List.of()),
            new DeviceProgram(C, steps)));
  }

  /** Yields its input. */
  private static final class Echo implements LoadedModel {
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile CountDownLatch goOn = new CountDownLatch(0);

    @Override
    public TileResult compute(BlockTile tile, List<ByteBuffer> inputs, Pacer pacer) {
      started.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      ByteBuffer input = inputs.get(0);
      ByteBuffer output = ByteBuffer.allocateDirect(input.remaining()).put(input).flip();
      return new TileResult() {
        @Override
        public ByteBuffer bytes(int slice) {
          return output.duplicate();
        }

        @Override
        public void close() {
          closed.countDown();
        }
      };
    }

    @Override
    public long weightBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** What C says of its frames. */
  private final class Ends implements FrameListener {
    @Override
    public void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written) {
      throw new IllegalStateException("C is not the head.");
    }

    @Override
    public void done(long frame, long startNanos, long endNanos) {
      throw new IllegalStateException("C is not the head.");
    }

    @Override
    public void report(long frame, FrameTimes times) {
      reports.add(frame);
    }

    @Override
    public void failed(long frame, int step, Throwable cause) {
      failures.add(cause);
    }
  }

  /** What C sends to A. */
  private static final class Head implements FrameReceiver {
    private final BlockingQueue<DataHeader> came = new LinkedBlockingQueue<>();
    private final AtomicInteger offered = new AtomicInteger();
    private final CountDownLatch hearsOfAFrame = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile CountDownLatch reads = new CountDownLatch(0);

    @Override
    public ByteBuffer destination(DataHeader header) throws IOException {
      offered.incrementAndGet();
      hearsOfAFrame.countDown();
      try {
        reads.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return ByteBuffer.allocateDirect(header.payloadBytes());
    }

    @Override
    public void received(DataHeader header, ByteBuffer payload) {
      came.add(header);
    }

    @Override
    public void closed(Optional<IOException> cause) {
      ended.countDown();
    }
  }

  private static TensorData tensor(long frame, Slice slice) {
    return new TensorData(ID, frame, slice);
  }

  private void send(DataHeader header) {
    connection.send(header, ByteBuffer.allocateDirect(header.payloadBytes()), SendListener.NONE);
  }

  private static Slice rows(TensorId tensor, int start, int end) {
    return Slice.rows(tensor, SHAPE, new Range(start, end));
  }

  @Test
  void framesGoThereAndBack() throws Exception {
    start();
    for (long frame = 0; frame < 3; frame++) {
      send(tensor(frame, INPUT));
      assertThat(head.came.poll(20, TimeUnit.SECONDS)).isEqualTo(tensor(frame, OUTPUT));
      assertThat(reports.poll(20, TimeUnit.SECONDS)).isEqualTo(frame);
    }
    assertThat(failures).isEmpty();
  }

  static Stream<DataHeader> framesThatAreNotExpected() {
    return Stream.of(
        tensor(0, rows(TensorId.INPUT, 0, 255)),
        tensor(0, rows(TensorId.INPUT, 0, 257)),
        tensor(0, rows(TensorId.INPUT, 1, 257)),
        tensor(0, rows(TensorId.INPUT, 0, 0)),
        tensor(0, rows(T1, 0, 256)),
        tensor(0, rows(new TensorId(7), 0, 256)),
        tensor(2, INPUT),
        tensor(-1, INPUT),
        new TensorData(new DeploymentId(6), 0, INPUT),
        new BlobPiece(Sha256.of(ByteBuffer.allocate(1)), 0, 1000),
        new Probe(1, true, 1000));
  }

  @ParameterizedTest
  @MethodSource("framesThatAreNotExpected")
  void frameThatIsNotExpectedEndsTheConnectionAndTheDeployment(DataHeader header) throws Exception {
    start();
    send(header);
    assertThat(head.ended.await(20, TimeUnit.SECONDS)).as("the connection ends").isTrue();
    assertThat(failures.poll(20, TimeUnit.SECONDS)).isInstanceOf(PeerLostException.class);
    deployment.close();
    assertThat(failures).isEmpty();
    assertThat(head.offered).hasValue(0);
  }

  @Test
  void sliceThatComesTwiceEndsTheDeployment() throws Exception {
    start();
    model.goOn = new CountDownLatch(1);
    send(tensor(0, INPUT));
    model.started.await();
    send(tensor(0, INPUT));
    assertThat(head.ended.await(20, TimeUnit.SECONDS)).as("the connection ends").isTrue();
    model.goOn.countDown();
    assertThat(failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("twice");
    assertThat(reports).isEmpty();
  }

  @Test
  void lostPeerIsTold() throws Exception {
    start();
    connection.close();
    assertThat(failures.poll(20, TimeUnit.SECONDS))
        .isInstanceOf(PeerLostException.class)
        .hasMessageContaining("lost");
  }

  @Test
  void closingWhileASliceIsUnderWayFreesItAndTellsNobody() throws Exception {
    start();
    head.reads = new CountDownLatch(1);
    send(tensor(0, INPUT));
    head.hearsOfAFrame.await();
    assertThat(model.closed.getCount()).as("the slice is under way").isEqualTo(1);
    deployment.close();
    model.closed.await();
    assertThat(failures).isEmpty();
    assertThat(reports).isEmpty();
  }

  @Test
  void closingWhileAPeerHasNotDialledTellsNobody() throws Exception {
    start(new Step.Send(OUTPUT, B));
    send(tensor(0, INPUT));
    assertThat(head.came.poll(20, TimeUnit.SECONDS)).isEqualTo(tensor(0, OUTPUT));
    assertThat(reports).as("frames that end though B lacks its slice").isEmpty();
    deployment.close();
    model.closed.await();
    assertThat(failures).isEmpty();
    assertThat(reports).isEmpty();
  }
}
