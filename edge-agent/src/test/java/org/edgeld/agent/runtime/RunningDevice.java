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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
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
import org.junit.jupiter.api.Timeout;

/** The head's runner against a peer and a workbench that the test plays. */
@Timeout(60)
abstract class RunningDevice {
  static final DeploymentId DEPLOYMENT = new DeploymentId(5);

  /** A slice on its way to the peer. */
  record Sent(
      DeviceId to,
      TensorData header,
      ByteBuffer payload,
      LongConsumer written,
      Consumer<IOException> failed) {}

  /** How a frame ended. */
  record Ended(String what, long frame, int step, Throwable cause) {}

  final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
  final BlockingQueue<Ended> ends = new LinkedBlockingQueue<>();
  final BlockingQueue<Runnable> outputs = new LinkedBlockingQueue<>();
  final List<Float> outputRows = new ArrayList<>();
  final Map<Long, long[][]> reports = new ConcurrentHashMap<>();
  final TwoDevices.Doubling model = new TwoDevices.Doubling();
  final BufferPool pool = new BufferPool();
  volatile Runnable atReport = () -> {};
  ProgramRunner runner = runner(1);

  ProgramRunner runner(int framesInFlight) {
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

  final class Listener implements FrameListener {
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

  static TensorData header(long frame, TensorId tensor, int start, int end) {
    return new TensorData(DEPLOYMENT, frame, rows(tensor, start, end));
  }

  /** Row r of the input holds 10·frame + r. */
  void giveInput(long frame) throws IOException {
    TensorData header = header(frame, T0, 0, 8);
    ByteBuffer input = runner.inputDestination(header);
    for (int i = 0; input.hasRemaining(); i++) {
      input.putFloat(10 * frame + i / TwoDevices.ROW_FLOATS);
    }
    runner.inputReceived(header);
  }

  void givePeerRows(long frame, float value) throws IOException {
    TensorData header = header(frame, T1, 5, 8);
    ByteBuffer slice = runner.destination(B, header);
    while (slice.hasRemaining()) {
      slice.putFloat(value);
    }
    runner.received(B, header);
  }

  Ended nextEnd() throws InterruptedException {
    Ended end = ends.poll(20, TimeUnit.SECONDS);
    assertThat(end).as("end of a frame").isNotNull();
    return end;
  }

  Sent nextSent() throws InterruptedException {
    Sent slice = sent.poll(20, TimeUnit.SECONDS);
    assertThat(slice).as("a slice for the peer").isNotNull();
    return slice;
  }

  void drainSends() {
    List<Sent> left = new ArrayList<>();
    sent.drainTo(left);
    left.forEach(slice -> slice.written().accept(System.nanoTime()));
  }

  void runFrame(long frame) throws Exception {
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

  void assertRefused(DeviceId from, TensorData header, String why) {
    assertThatThrownBy(() -> runner.destination(from, header))
        .as("%s from %s", header, from)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> runner.received(from, header))
        .as("%s from %s", header, from)
        .isInstanceOf(IOException.class);
  }
}
