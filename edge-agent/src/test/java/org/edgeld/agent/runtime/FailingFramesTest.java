package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.edgeld.agent.runtime.TwoDevices.A;
import static org.edgeld.agent.runtime.TwoDevices.programs;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Frames that fail, and runners that are closed. */
class FailingFramesTest extends RunningDevice {
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
}
