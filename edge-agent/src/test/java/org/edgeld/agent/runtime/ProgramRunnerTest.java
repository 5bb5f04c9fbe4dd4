package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T0;
import static org.edgeld.agent.runtime.TwoDevices.T1;
import static org.edgeld.agent.runtime.TwoDevices.T2;
import static org.edgeld.agent.runtime.TwoDevices.programs;
import static org.edgeld.agent.runtime.TwoDevices.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.DataHeader.TensorData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The head's runner against a peer and a workbench that the test plays. */
@Timeout(60)
class ProgramRunnerTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId(5);

  /** A slice on its way to the peer. */
  private record Sent(
      DeviceId to,
      TensorData header,
      ByteBuffer payload,
      LongConsumer written,
      Consumer<IOException> failed) {}

  /** How a frame ended. */
  private record Ended(String what, long frame, int step, Throwable cause) {}

  private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  private final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  private final BlockingQueue<Runnable> outputs = new LinkedBlockingQueue<>();
  private final List<Float> outputRows = new ArrayList<>();
  private final Map<Long, long[][]> reports = new ConcurrentHashMap<>();
  private final TwoDevices.Doubling model = new TwoDevices.Doubling();
  private final BufferPool pool = new BufferPool();
  private volatile Runnable atReport = () -> {};
  private ProgramRunner runner = runner(1);

  private ProgramRunner runner(int framesInFlight) {
    return new ProgramRunner(
        new ProgramRunner.Setup(
            DEPLOYMENT,
            programs(),
            A,
            model,
            (to, header, payload, written, failed) ->
                sent.add(new Sent(to, header, payload, written, failed)),
            new Listener(),
            () -> new CpuShare(1),
            framesInFlight),
        pool);
  }

  @AfterEach
  void close() {
    model.goOn.countDown();
    drainSends();
    runner.close();
  }

  private final class Listener implements FrameListener {
    @Override
    public void output(long frame, TensorId tensor, ByteBuffer bytes, Runnable written) {
      synchronized (outputRows) {
        outputRows.clear();
        for (int row = 0; row < 8; row++) {
          outputRows.add(bytes.getFloat(row * TwoDevices.ROW_FLOATS * Float.BYTES));
        }
      }
      outputs.add(written);
    }

    @Override
    public void done(long frame, long startNanos, long endNanos) {
      ends.add(new Ended("done", frame, -1, null));
    }

    @Override
    public void report(long frame, FrameTimes times) {
      reports.put(frame, new long[][] {times.startNanos(), times.endNanos()});
      ends.add(new Ended("report " + times.startNanos().length, frame, -1, null));
      atReport.run();
    }

    @Override
    public void failed(long frame, int step, Throwable cause) {
      ends.add(new Ended("failed", frame, step, cause));
    }
  }

  private static TensorData header(long frame, TensorId tensor, int start, int end) {
    return new TensorData(DEPLOYMENT, frame, rows(tensor, start, end));
  }

  /** Row r of the input holds 10·frame + r. */
  private void giveInput(long frame) throws IOException {
    TensorData header = header(frame, T0, 0, 8);
    ByteBuffer input = runner.inputDestination(header);
    for (int i = 0; input.hasRemaining(); i++) {
      input.putFloat(10 * frame + i / TwoDevices.ROW_FLOATS);
    }
    runner.inputReceived(header);
  }

  private void givePeerRows(long frame, float value) throws IOException {
    TensorData header = header(frame, T1, 5, 8);
    ByteBuffer slice = runner.destination(B, header);
    while (slice.hasRemaining()) {
      slice.putFloat(value);
    }
    runner.received(B, header);
  }

  private Ended nextEnd() throws InterruptedException {
    Ended end = ends.poll(20, TimeUnit.SECONDS);
    assertThat(end).as("end of a frame").isNotNull();
    return end;
  }

  private Sent nextSent() throws InterruptedException {
    Sent slice = sent.poll(20, TimeUnit.SECONDS);
    assertThat(slice).as("a slice for the peer").isNotNull();
    return slice;
  }

  private void drainSends() {
    List<Sent> left = new ArrayList<>();
    sent.drainTo(left);
    left.forEach(slice -> slice.written().accept(System.nanoTime()));
  }

  private void runFrame(long frame) throws Exception {
    giveInput(frame);
    Sent slice = nextSent();
    assertThat(slice.header()).isEqualTo(header(frame, T0, 4, 8));
    assertThat(slice.payload().getFloat(slice.payload().position())).isEqualTo(10 * frame + 4);
    givePeerRows(frame, 1000 + frame);
    assertThat(nextEnd()).isEqualTo(new Ended("done", frame, -1, null));
    slice.written().accept(System.nanoTime());
    assertThat(nextEnd()).isEqualTo(new Ended("report 6", frame, -1, null));
    outputs.remove().run();
  }

  @Test
  void framesFollowEachOtherAndOutputsJoinBothDevicesRows() throws Exception {
    runner.start();
    for (long frame = 0; frame < 3; frame++) {
      runFrame(frame);
      // the fake doubles each row in either layer
      float base = 40 * frame;
      assertThat(outputRows)
          .containsExactly(
              base,
              base + 4,
              base + 8,
              base + 12,
              base + 16,
              2000f + 2 * frame,
              2000f + 2 * frame,
              2000f + 2 * frame);
    }
  }

  @Test
  void buffersAreReusedFromFrameToFrame() throws Exception {
    runner.start();
    for (long frame = 0; frame < 3; frame++) {
      runFrame(frame);
    }
    long afterThree = pool.allocatedBytes();
    for (long frame = 3; frame < 200; frame++) {
      runFrame(frame);
    }
    assertThat(pool.allocatedBytes()).isEqualTo(afterThree);
    runner.close();
    assertThat(model.open).as("results not freed").hasValue(0);
  }

  @Test
  void reportWaitsUntilEverySliceHasLeft() throws Exception {
    runner.start();
    giveInput(0);
    Sent slice = nextSent();
    givePeerRows(0, 1);
    assertThat(nextEnd().what()).isEqualTo("done");
    assertThat(ends).isEmpty();
    slice.written().accept(System.nanoTime());
    assertThat(nextEnd().what()).isEqualTo("report 6");
  }

  private void assertDoneAndReported(long frame) throws Exception {
    assertThat(nextEnd()).isEqualTo(new Ended("done", frame, -1, null));
    assertThat(nextEnd()).isEqualTo(new Ended("report 6", frame, -1, null));
    outputs.remove().run();
  }

  @Test
  void nextFramesRunWhileTheOldestWaits() throws Exception {
    runner = runner(3);
    runner.start();
    for (long frame = 0; frame < 3; frame++) {
      giveInput(frame);
      Sent slice = nextSent();
      assertThat(slice.header().frame()).isEqualTo(frame);
      slice.written().accept(System.nanoTime());
    }
    givePeerRows(1, 77);
    assertDoneAndReported(1);
    assertThat(outputRows).startsWith(40f, 44f).endsWith(154f);
    assertRefused(B, header(4, T1, 5, 8), "while frame 0 runs and 3 may be in flight");
    assertThatThrownBy(() -> runner.destination(B, header(1, T1, 5, 8)))
        .as("a slice of a frame that is over")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
    givePeerRows(0, 5);
    assertDoneAndReported(0);
    assertThat(outputRows).startsWith(0f, 4f).endsWith(10f);
    assertRefused(B, header(1, T1, 5, 8), "while frame 2 runs");
    assertRefused(B, header(6, T1, 5, 8), "while frame 2 runs");
    for (long frame = 3; frame < 6; frame++) {
      givePeerRows(frame, 1);
    }
    givePeerRows(2, 6);
    assertDoneAndReported(2);
    assertThat(outputRows).endsWith(12f);
  }

  @Test
  void oldestFrameThatCanGoOnGoesFirst() throws Exception {
    runner = runner(3);
    model.started = new CountDownLatch(3);
    model.goOn = new CountDownLatch(1);
    runner.start();
    for (long frame = 0; frame < 3; frame++) {
      giveInput(frame);
    }
    // held up in its first compute step, frame 0 has all it needs for the second
    for (long frame = 2; frame >= 0; frame--) {
      givePeerRows(frame, 1);
    }
    model.goOn.countDown();
    for (long frame = 0; frame < 3; frame++) {
      assertThat(nextEnd()).isEqualTo(new Ended("done", frame, -1, null));
    }
  }

  @Test
  void frameWhoseSlicesHaveNotLeftDoesNotHoldUpTheNext() throws Exception {
    runner = runner(2);
    runner.start();
    giveInput(0);
    Sent stuck = nextSent();
    givePeerRows(0, 1);
    assertThat(nextEnd()).isEqualTo(new Ended("done", 0, -1, null));
    giveInput(1);
    givePeerRows(1, 2);
    assertThat(nextEnd()).isEqualTo(new Ended("done", 1, -1, null));
    nextSent().written().accept(System.nanoTime());
    assertThat(nextEnd()).isEqualTo(new Ended("report 6", 1, -1, null));
    assertRefused(B, header(3, T1, 5, 8), "while frame 0 runs");
    stuck.written().accept(System.nanoTime());
    assertThat(nextEnd()).isEqualTo(new Ended("report 6", 0, -1, null));
  }

  @Test
  void waitEndsWithTheArrivalThoughTheProcessorIsBusyWithAnotherFrame() throws Exception {
    runner = runner(2);
    runner.start();
    long before = System.nanoTime();
    giveInput(0);
    nextSent().written().accept(System.nanoTime());
    while (model.computed().size() < 1) {
      Thread.onSpinWait();
    }
    model.started = new CountDownLatch(1);
    model.goOn = new CountDownLatch(1);
    giveInput(1);
    nextSent().written().accept(System.nanoTime());
    model.started.await();
    long reached = System.nanoTime();
    givePeerRows(0, 1);
    long arrived = System.nanoTime();
    givePeerRows(1, 1);
    model.goOn.countDown();
    assertDoneAndReported(0);
    assertDoneAndReported(1);
    int receive = 2;
    int computeAfter = 4;
    long[][] first = reports.get(0L);
    assertThat(first[0][receive]).as("start").isBetween(before, reached);
    assertThat(first[1][receive]).as("end").isBetween(reached, arrived);
    assertThat(first[0][computeAfter]).as("goes on").isGreaterThanOrEqualTo(arrived);
    long[][] second = reports.get(1L);
    assertThat(second[1][receive])
        .as("a slice that was there before ends its wait at once")
        .isEqualTo(second[0][receive]);
  }

  @Test
  void failureWithFramesInFlightNamesTheOldestAndFreesAll() throws Exception {
    runner = runner(3);
    runner.start();
    List<Sent> slices = new ArrayList<>();
    for (long frame = 0; frame < 3; frame++) {
      giveInput(frame);
      slices.add(nextSent());
    }
    while (model.computed().size() < 3) {
      Thread.onSpinWait();
    }
    runner.fail(new IOException("lost"));
    Ended end = nextEnd();
    assertThat(end.what()).isEqualTo("failed");
    assertThat(end.frame()).isZero();
    assertThat(end.cause()).hasMessage("lost");
    runner.close();
    assertThat(ends).isEmpty();
    assertThat(pool.usedBytes()).as("what is still under way").isPositive();
    slices.forEach(slice -> slice.failed().accept(new IOException("closed")));
    assertThat(pool.usedBytes()).isZero();
    assertThat(model.open).hasValue(0);
  }

  private void assertRefused(DeviceId from, TensorData header, String why) {
    assertThatThrownBy(() -> runner.destination(from, header))
        .as("%s from %s", header, from)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> runner.received(from, header))
        .as("%s from %s", header, from)
        .isInstanceOf(IOException.class);
  }

  private static Stream<Slice> slicesThatAreNotExpected() {
    Range rows = new Range(5, 8);
    return Stream.of(
        rows(T1, 4, 8),
        rows(T1, 5, 7),
        rows(T1, 6, 8),
        rows(T1, 5, 5),
        // a computed tensor, the input, and one that the model does not have
        rows(T2, 5, 8),
        rows(T0, 5, 8),
        new Slice(new TensorId(Integer.MAX_VALUE), rows(T1, 5, 8).region()),
        // the right length
        new Slice(T1, new Region(Range.upTo(3), rows, Range.upTo(2))),
        new Slice(T1, new Region(Range.upTo(6), rows, Range.upTo(1))),
        new Slice(T1, new Region(Range.upTo(2), new Range(105, 108), Range.upTo(3))),
        // more than the device has; what is more than a number holds has no header
        new Slice(T1, new Region(Range.upTo(2), Range.upTo(1 << 26), Range.upTo(3))));
  }

  @ParameterizedTest
  @MethodSource("slicesThatAreNotExpected")
  void slicesTheProgramDoesNotExpectAreRefusedBeforeAnythingIsAllocated(Slice slice)
      throws Exception {
    runner.start();
    assertRefused(B, new TensorData(DEPLOYMENT, 0, slice), "expected");
    assertThat(pool.allocatedBytes()).isZero();
    runFrame(0);
  }

  @Test
  void slicesOfUnknownSendersAndDistantFramesAreRefused() throws Exception {
    runner.start();
    assertRefused(new DeviceId(2), header(0, T1, 5, 8), "expected");
    assertRefused(A, header(0, T1, 5, 8), "expected");
    for (long frame : new long[] {Long.MIN_VALUE, -1, 2, Long.MAX_VALUE}) {
      assertRefused(B, header(frame, T1, 5, 8), "while frame 0 runs");
    }
    assertThat(pool.allocatedBytes()).isZero();
    runFrame(0);
    runFrame(1);
    for (long frame : new long[] {0, 1, 4}) {
      assertRefused(B, header(frame, T1, 5, 8), "while frame 2 runs");
    }
    runFrame(2);
  }

  @Test
  void sliceThatComesTwiceIsRefusedWhileTheFirstIsUnderWayAndAfterwards() throws Exception {
    runner.start();
    TensorData header = header(0, T1, 5, 8);
    ByteBuffer first = runner.destination(B, header);
    assertThatThrownBy(() -> runner.destination(B, header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
    while (first.hasRemaining()) {
      first.putFloat(9);
    }
    runner.received(B, header);
    assertThatThrownBy(() -> runner.destination(B, header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
    giveInput(0);
    nextSent().written().accept(System.nanoTime());
    assertThat(nextEnd().what()).isEqualTo("done");
    assertThat(outputRows.get(7)).isEqualTo(18);
  }

  @Test
  void partsOfTheInputAreRefused() throws Exception {
    runner.start();
    for (TensorData part : List.of(header(0, T0, 0, 7), header(0, T1, 0, 8))) {
      assertThatThrownBy(() -> runner.inputDestination(part))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("not the input");
    }
    assertThat(pool.allocatedBytes()).isZero();
    runFrame(0);
  }

  @Test
  void nothingIsTakenAfterTheEnd() throws Exception {
    runner.start();
    runner.fail(new IOException("lost"));
    assertThat(nextEnd().cause()).hasMessage("lost");
    assertRefused(B, header(0, T1, 5, 8), "lost");
    assertThatThrownBy(() -> runner.inputDestination(header(0, T0, 0, 8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lost");
    assertThat(pool.allocatedBytes()).isZero();
  }

  @Test
  void inputIsRefusedWhereTheHeadIsAnotherDevice() {
    ProgramRunner other =
        new ProgramRunner(
            new ProgramRunner.Setup(
                DEPLOYMENT,
                programs(),
                B,
                model,
                (to, header, payload, written, failed) -> {},
                new Listener(),
                () -> new CpuShare(1),
                1));
    assertThatThrownBy(() -> other.inputDestination(header(0, T0, 0, 8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void secondInputOfAFrameIsRefused() throws Exception {
    runner.start();
    TensorData header = header(0, T0, 0, 8);
    runner.inputDestination(header);
    assertThatThrownBy(() -> runner.inputDestination(header))
        .as("while the first is under way")
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
    runner.inputReceived(header);
    nextSent();
    assertThatThrownBy(() -> runner.inputDestination(header))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("twice");
  }

  @Test
  void failureIsToldOnceWithFrameAndStep() throws Exception {
    runner.start();
    giveInput(0);
    Sent slice = nextSent();
    runner.fail(new IOException("The connection to B was lost."));
    runner.fail(new IOException("Another one."));
    slice.failed().accept(new IOException("Broken pipe"));
    Ended end = nextEnd();
    assertThat(end.what()).isEqualTo("failed");
    assertThat(end.frame()).isZero();
    assertThat(end.step()).isBetween(0, 2);
    assertThat(end.cause()).hasMessage("The connection to B was lost.");
    runner.close();
    assertThat(ends).isEmpty();
  }

  @Test
  void failureOfTheArithmeticNamesItsStep() throws Exception {
    model.started = new CountDownLatch(1);
    model.goOn = new CountDownLatch(1);
    runner.start();
    giveInput(0);
    nextSent().written().accept(System.nanoTime());
    model.started.await();
    runner.fail(new IOException("lost"));
    model.goOn.countDown();
    Ended end = nextEnd();
    assertThat(end.step()).isEqualTo(1);
    assertThat(end.cause()).hasMessage("lost");
  }

  @Test
  void sliceThatCannotLeaveEndsTheFrame() throws Exception {
    runner.start();
    giveInput(0);
    nextSent().failed().accept(new IOException("Broken pipe"));
    Ended end = nextEnd();
    assertThat(end.what()).isEqualTo("failed");
    assertThat(end.cause()).hasMessage("Broken pipe");
  }

  @Test
  void failureEndsTheWaitForSlicesThatDoNotLeave() throws Exception {
    runner.start();
    giveInput(0);
    Sent stuck = nextSent();
    givePeerRows(0, 1);
    assertThat(nextEnd().what()).isEqualTo("done");
    runner.fail(new IOException("The connection to B was lost."));
    Ended end = nextEnd();
    assertThat(end.what()).isEqualTo("failed");
    assertThat(end.cause()).hasMessage("The connection to B was lost.");
    runner.close();
    stuck.written().accept(System.nanoTime());
    assertThat(ends).isEmpty();
  }

  @Test
  void closeDoesNotWaitForSlicesThatDoNotLeave() throws Exception {
    runner.start();
    giveInput(0);
    Sent stuck = nextSent();
    givePeerRows(0, 1);
    assertThat(nextEnd().what()).isEqualTo("done");
    runner.close();
    float first = stuck.payload().getFloat(stuck.payload().position());
    assertThat(first).as("what is still under way").isEqualTo(4);
    stuck.failed().accept(new IOException("closed"));
    assertThat(ends).isEmpty();
  }

  @Test
  void failureBetweenTwoFramesIsTold() throws Exception {
    atReport = () -> runner.fail(new IOException("lost"));
    runner.start();
    runFrame(0);
    assertThat(nextEnd().cause()).hasMessage("lost");
  }

  @Test
  void emulationThatCannotStartIsTold() throws Exception {
    ProgramRunner other =
        new ProgramRunner(
            new ProgramRunner.Setup(
                DEPLOYMENT,
                programs(),
                A,
                model,
                (to, header, payload, written, failed) -> {},
                new Listener(),
                () -> {
                  throw new IllegalStateException("no clock");
                },
                1));
    other.start();
    assertThat(nextEnd().cause()).hasMessage("no clock");
    other.close();
  }

  @Test
  void closeWhileWaitingEndsTheThreadAndTellsNobody() throws Exception {
    runner.start();
    giveInput(0);
    Sent slice = nextSent();
    slice.written().accept(System.nanoTime());
    runner.close();
    assertThat(ends).isEmpty();
    assertThat(model.open).hasValue(0);
  }

  @Test
  void closeBeforeTheFirstFrameReturns() {
    runner.start();
    runner.close();
    assertThat(ends).isEmpty();
  }

  @Test
  void closeWhileComputingWaitsForTheOperatorAndFreesItsResults() throws Exception {
    model.started = new CountDownLatch(1);
    model.goOn = new CountDownLatch(1);
    runner.start();
    giveInput(0);
    nextSent().written().accept(System.nanoTime());
    model.started.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(runner::close);
    assertThatThrownBy(() -> closing.get(50, TimeUnit.MILLISECONDS))
        .as("the engine still reads the tensors")
        .isInstanceOf(java.util.concurrent.TimeoutException.class);
    model.goOn.countDown();
    closing.get(20, TimeUnit.SECONDS);
    assertThat(ends).isEmpty();
    assertThat(model.open).hasValue(0);
  }

  @Test
  void warmUpComputesEveryTileOnceAndCanBeStopped() {
    runner.warmUp(() -> false);
    assertThat(model.computed).hasSize(2);
    assertThat(model.open).hasValue(0);
    assertThatThrownBy(() -> runner.warmUp(() -> true)).isInstanceOf(CancellationException.class);
    assertThat(model.computed).hasSize(2);
  }
}
