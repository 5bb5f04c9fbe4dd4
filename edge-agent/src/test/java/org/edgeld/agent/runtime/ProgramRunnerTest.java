package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.B;
import static org.edgeld.agent.runtime.TwoDevices.T1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Frames that follow each other through one device. */
class ProgramRunnerTest extends RunningDevice {
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

  @Test
  void warmUpComputesEveryTileOnceAndCanBeStopped() {
    runner.warmUp(() -> false);
    assertThat(model.computed).hasSize(2);
    assertThat(model.open).hasValue(0);
    assertThatThrownBy(() -> runner.warmUp(() -> true)).isInstanceOf(CancellationException.class);
    assertThat(model.computed).hasSize(2);
  }
}
