package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T0;
import static org.edgeld.agent.runtime.TwoDevices.T1;
import static org.edgeld.agent.runtime.TwoDevices.programs;
import static org.edgeld.agent.runtime.TwoDevices.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.edgeld.agent.codec.SliceCodec;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.Precision;
import org.edgeld.transport.DataHeader.TensorData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The head's runner with slices that do not travel as float32, against a peer that the test plays.
 */
@Timeout(60)
class PrecisionTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId(5);
  private static final Slice SENT = rows(T0, 4, 8);
  private static final Slice AWAITED = rows(T1, 5, 8);

  private record Sent(
      TensorData header, ByteBuffer payload, LongConsumer written, Consumer<IOException> failed) {}

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final BlockingQueue<FrameTimes> reports = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private final BlockingQueue<Float> outputs = new LinkedBlockingQueue<>();
  private final TwoDevices.Doubling model = new TwoDevices.Doubling();
  private final BufferPool pool = new BufferPool();
  private ProgramRunner runner = runner(Precision.FLOAT32);

  private ProgramRunner runner(Precision precision) {
    return new ProgramRunner(
        new ProgramRunner.Setup(
            DEPLOYMENT,
            programs(),
            A,
            model,
            (to, header, payload, written, failed) ->
                sent.add(new Sent(header, payload, written, failed)),
            new Listener(),
            () -> new CpuShare(1),
            1,
            precision),
        pool);
  }

  private void start(Precision precision) {
    runner = runner(precision);
    runner.start();
  }

  @AfterEach
  void close() {
    sent.forEach(slice -> slice.failed().accept(new IOException("closed")));
    runner.close();
    assertThat(pool.usedBytes()).as("buffers not given back").isZero();
    assertThat(model.open).as("results not freed").hasValue(0);
  }

  private final class Listener implements FrameListener {
    @Override
    public void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written) {
      outputs.add(bytes.getFloat(7 * TwoDevices.ROW_FLOATS * Float.BYTES));
      written.run();
    }

    @Override
    public void done(long frame, long startNanos, long endNanos) {}

    @Override
    public void report(long frame, FrameTimes times) {
      reports.add(times);
    }

    @Override
    public void failed(long frame, int step, Throwable cause) {
      failures.add(cause);
    }
  }

  static Stream<Precision> forms() {
    return Stream.of(Precision.values()).filter(form -> form != Precision.FLOAT32);
  }

  private static TensorData header(Slice slice, Precision form, int bytes) {
    return new TensorData(DEPLOYMENT, 0, slice, form, bytes);
  }

  private static ByteBuffer direct(long bytes) {
    return ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void giveInput(float value) throws IOException {
    TensorData header = new TensorData(DEPLOYMENT, 0, rows(T0, 0, 8));
    ByteBuffer input = runner.inputDestination(header);
    while (input.hasRemaining()) {
      input.putFloat(value);
    }
    runner.inputReceived(header);
  }

  private Sent nextSent() throws InterruptedException {
    Sent slice = sent.poll(20, TimeUnit.SECONDS);
    assertThat(slice).as("a slice for the peer").isNotNull();
    return slice;
  }

  /** Returns what the peer sends. */
  private static ByteBuffer peerRows(Precision form, float value) throws IOException {
    ByteBuffer values = direct(AWAITED.bytes());
    while (values.hasRemaining()) {
      values.putFloat(value);
    }
    ByteBuffer bytes = direct(form.mostBytes(AWAITED.elements()));
    return bytes.limit(SliceCodec.of(form).encode(values.flip(), bytes));
  }

  private void givePeerRows(Precision form, ByteBuffer bytes) throws IOException {
    TensorData header = header(AWAITED, form, bytes.remaining());
    ByteBuffer place = runner.destination(B, header);
    assertThat(place.remaining()).isEqualTo(bytes.remaining());
    place.put(bytes);
    runner.received(B, header);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void slicesLeaveAndArriveInTheDeploymentsPrecision(Precision form) throws Exception {
    start(form);
    giveInput(-3);
    Sent slice = nextSent();
    assertThat(slice.header()).isEqualTo(header(SENT, form, slice.payload().remaining()));
    ByteBuffer values = direct(SENT.bytes());
    SliceCodec.of(form).decode(slice.payload(), values);
    assertThat(values.getFloat(0)).isEqualTo(-3);

    givePeerRows(form, peerRows(form, 5));
    assertThat(outputs.poll(20, TimeUnit.SECONDS)).isEqualTo(10);
    assertThat(reports).as("while the slice is on its way").isEmpty();
    slice.written().accept(System.nanoTime());
    FrameTimes times = reports.poll(20, TimeUnit.SECONDS);
    assertThat(times.sentBytes()).isEqualTo(slice.header().payloadBytes());
    for (int step = 0; step < 6; step++) {
      boolean travels = step == 0 || step == 2;
      assertThat(times.serialiseNanos()[step] > 0).as("step " + step).isEqualTo(travels);
    }
    assertThat(times.serialiseDelayNanos()[0]).isNotNegative();
    assertThat(times.serialiseDelayNanos()[0] + times.serialiseNanos()[0])
        .isLessThanOrEqualTo(times.endNanos()[0] - times.startNanos()[0]);
  }

  @Test
  void asFloat32NothingIsSerialisedAndSlicesLeaveFromWhereTheyAre() throws Exception {
    start(Precision.FLOAT32);
    giveInput(4);
    Sent slice = nextSent();
    assertThat(slice.header()).isEqualTo(new TensorData(DEPLOYMENT, 0, SENT));
    givePeerRows(Precision.FLOAT32, direct(AWAITED.bytes()));
    slice.written().accept(System.nanoTime());
    FrameTimes times = reports.poll(20, TimeUnit.SECONDS);
    assertThat(times.serialiseNanos()).isEmpty();
    assertThat(times.serialiseDelayNanos()).isEmpty();
    assertThat(times.sentBytes()).isEqualTo(SENT.bytes());
    assertThat(pool.allocatedBytes())
        .as("windows alone")
        .isEqualTo(rows(T0, 0, 8).bytes() + rows(T1, 0, 8).bytes());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void slicesOfAnotherPrecisionAreRefusedBeforeAnythingIsAllocated(Precision form) {
    for (Precision other : Precision.values()) {
      if (!form.admits(other)) {
        runner = runner(form);
        TensorData header = header(AWAITED, other, (int) other.mostBytes(AWAITED.elements()));
        assertThatThrownBy(() -> runner.destination(B, header))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("travel as " + form.id());
      }
    }
    assertThat(pool.allocatedBytes()).isZero();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void inputIsTakenAsFloat32Only(Precision form) {
    runner = runner(form);
    Slice whole = rows(T0, 0, 8);
    TensorData header = header(whole, form, (int) form.mostBytes(whole.elements()));
    assertThatThrownBy(() -> runner.inputDestination(header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not the input");
    assertThat(pool.allocatedBytes()).isZero();
  }

  @Test
  void losslessSlicesThatDoNotGetShorterComeAsFloat32() throws Exception {
    start(Precision.LOSSLESS);
    giveInput(1);
    nextSent().written().accept(System.nanoTime());
    givePeerRows(Precision.FLOAT32, direct(AWAITED.bytes()).putFloat(54, 3));
    assertThat(outputs.poll(20, TimeUnit.SECONDS)).isZero();
    FrameTimes times = reports.poll(20, TimeUnit.SECONDS);
    assertThat(times.serialiseNanos()[2]).isZero();
  }

  @Test
  void damagedSliceEndsTheProgramAndDoesNotArrive() throws Exception {
    start(Precision.INT8);
    giveInput(1);
    nextSent().written().accept(System.nanoTime());
    ByteBuffer bytes = peerRows(Precision.INT8, 2);
    bytes.putFloat(0, Float.NaN);
    givePeerRows(Precision.INT8, bytes);
    assertThat(failures.poll(20, TimeUnit.SECONDS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("impossible");
    assertThat(outputs).isEmpty();
  }

  @Test
  void sliceArrivesTwiceInNoPrecision() throws Exception {
    runner = runner(Precision.FLOAT16);
    TensorData header = header(AWAITED, Precision.FLOAT16, 36);
    runner.destination(B, header);
    assertThatThrownBy(() -> runner.destination(B, header)).hasMessageContaining("twice");
  }

  @Test
  void valuesWithoutAPlaceEndTheFrameWithTheReason() throws Exception {
    start(Precision.INT8);
    giveInput(Float.NaN);
    assertThat(failures.poll(20, TimeUnit.SECONDS)).hasMessageContaining("int8 has no place");
  }

  @Test
  void sliceThatCannotLeaveGivesItsBufferBack() throws Exception {
    start(Precision.FLOAT16);
    giveInput(1);
    nextSent().failed().accept(new IOException("Broken pipe"));
    assertThat(failures.poll(20, TimeUnit.SECONDS)).hasMessage("Broken pipe");
  }
}
