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
import java.util.List;
import java.util.stream.Stream;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.DataHeader.TensorData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a device does not take. */
class RefusedSlicesTest extends RunningDevice {
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
}
