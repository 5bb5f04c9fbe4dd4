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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.DataHeader.TensorData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
  private final TwoDevices.Doubling model = new TwoDevices.Doubling();
  private final BufferPool pool = new BufferPool();
  private final ProgramRunner runner =
      new ProgramRunner(
          new ProgramRunner.Setup(
              DEPLOYMENT,
              programs(),
              A,
              model,
              (to, header, payload, written, failed) ->
                  sent.add(new Sent(to, header, payload, written, failed)),
              new Listener(),
              () -> new CpuShare(1)),
          pool);

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
    public void report(long frame, long[] startNanos, long[] endNanos, long overcommittedNanos) {
      ends.add(new Ended("report " + startNanos.length, frame, -1, null));
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

  @Test
  void nextFrameMayFillWhileThisOneRuns() throws Exception {
    runner.start();
    giveInput(0);
    givePeerRows(1, 77);
    giveInput(1);
    nextSent().written().accept(System.nanoTime());
    givePeerRows(0, 1);
    assertThat(nextEnd()).isEqualTo(new Ended("done", 0, -1, null));
    assertThat(nextEnd()).isEqualTo(new Ended("report 6", 0, -1, null));
    outputs.remove().run();
    nextSent().written().accept(System.nanoTime());
    assertThat(nextEnd()).isEqualTo(new Ended("done", 1, -1, null));
    assertThat(outputRows.get(7)).isEqualTo(154);
  }

  @Test
  void slicesTheProgramDoesNotExpectAreRefused() throws Exception {
    runner.start();
    assertThatThrownBy(() -> runner.destination(B, header(0, T1, 4, 8)))
        .as("other rows")
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> runner.destination(B, header(0, T2, 5, 8)))
        .as("another tensor")
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> runner.destination(new DeviceId(2), header(0, T1, 5, 8)))
        .as("an unknown sender")
        .isInstanceOf(IOException.class);
    for (long frame : new long[] {-1, 2, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> runner.destination(B, header(frame, T1, 5, 8)))
          .as("frame %d", frame)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("while frame 0 runs");
    }
    assertThatThrownBy(() -> runner.inputDestination(header(0, T0, 0, 7)))
        .as("half an input")
        .isInstanceOf(IOException.class);
    givePeerRows(0, 1);
    assertThatThrownBy(() -> runner.destination(B, header(0, T1, 5, 8)))
        .as("twice")
        .isInstanceOf(IOException.class);
    giveInput(0);
    // none of it did harm
    nextSent().written().accept(System.nanoTime());
    assertThat(nextEnd().what()).isEqualTo("done");
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
                () -> new CpuShare(1)));
    assertThatThrownBy(() -> other.inputDestination(header(0, T0, 0, 8)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void secondInputOfAFrameIsRefused() throws Exception {
    runner.start();
    giveInput(0);
    assertThatThrownBy(() -> runner.inputDestination(header(0, T0, 0, 8)))
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
