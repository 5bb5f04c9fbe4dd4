package org.edgeld.agent.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuShareTest {
  /** A thread that computes and sleeps as the test says. */
  private static final class FakeClock implements CpuShare.Clock {
    private final List<Long> parks = new ArrayList<>();
    private long cpu = 5_000;
    private long wall = 1_000_000;
    private long overshoot;
    private long wokenAfter = Long.MAX_VALUE;

    @Override
    public long cpuNanos() {
      return cpu;
    }

    @Override
    public long wallNanos() {
      return wall;
    }

    @Override
    public void waitNanos(long nanos) {
      parks.add(nanos);
      wall += nanos > wokenAfter ? wokenAfter : nanos + overshoot;
    }

    void compute(long nanos) {
      cpu += nanos;
      wall += nanos;
    }

    void waitForTheProcessor(long nanos) {
      wall += nanos;
    }
  }

  private final FakeClock clock = new FakeClock();

  @Test
  void aStepTakesItsProcessorTimeOverTheShare() {
    CpuShare share = new CpuShare(0.25, clock);
    long start = clock.wall;
    share.begin();
    clock.compute(1000);
    share.operatorDone();
    clock.compute(500);
    assertThat(share.workNanos()).isEqualTo(6000);
    share.end();
    assertThat(clock.wall - start).isEqualTo(6000);
    assertThat(share.overcommittedNanos()).isZero();
    assertThat(clock.parks).containsExactly(4500L);
  }

  @Test
  void longStepsSleepBetweenBursts() {
    CpuShare share = new CpuShare(0.25, clock);
    share.begin();
    for (int i = 0; i < 5; i++) {
      clock.compute(CpuShare.BURST_NANOS / 2);
      share.operatorDone();
    }
    share.end();
    assertThat(clock.parks)
        .containsExactly(
            3 * CpuShare.BURST_NANOS, 3 * CpuShare.BURST_NANOS, 3 * CpuShare.BURST_NANOS / 2);
  }

  @Test
  void wakingTheProcessorDoesNotCount() {
    int[] woken = {0};
    CpuShare share =
        new CpuShare(
            0.25,
            clock,
            () -> {
              woken[0]++;
              clock.compute(300_000);
            },
            Turn.always());
    long start = clock.wall;
    share.begin();
    clock.compute(CpuShare.BURST_NANOS);
    share.operatorDone();
    clock.compute(1_000_000);
    assertThat(share.workNanos()).isEqualTo(4 * (CpuShare.BURST_NANOS + 1_000_000));
    share.end();
    assertThat(clock.wall - start).isEqualTo(4 * (CpuShare.BURST_NANOS + 1_000_000));
    assertThat(share.overcommittedNanos()).isZero();
    assertThat(woken[0]).isEqualTo(2);
  }

  @Test
  void sleepingTooLongIsMadeUpForWithinTheStep() {
    CpuShare share = new CpuShare(0.5, clock);
    clock.overshoot = 60;
    long start = clock.wall;
    share.begin();
    for (int i = 0; i < 100; i++) {
      clock.compute(CpuShare.BURST_NANOS);
      share.operatorDone();
    }
    share.end();
    assertThat(clock.wall - start).isEqualTo(200 * CpuShare.BURST_NANOS + 60);
    assertThat(share.overcommittedNanos()).isEqualTo(60);
  }

  @Test
  void aBusyComputerIsToldAndMadeUpForIfPossible() {
    CpuShare share = new CpuShare(0.5, clock);
    long start = clock.wall;
    share.begin();
    clock.waitForTheProcessor(700);
    clock.compute(1000);
    share.end();
    assertThat(clock.wall - start).isEqualTo(2000);
    assertThat(share.overcommittedNanos()).isZero();
    share.begin();
    clock.waitForTheProcessor(1700);
    clock.compute(1000);
    share.operatorDone();
    share.end();
    assertThat(share.overcommittedNanos()).isEqualTo(700);
  }

  @Test
  void wakingLateAtTheEndIsTold() {
    CpuShare share = new CpuShare(0.5, clock);
    clock.overshoot = 80;
    share.begin();
    clock.compute(1000);
    share.end();
    assertThat(share.overcommittedNanos()).isEqualTo(80);
  }

  @Test
  void stepsDoNotInheritLatenessFromTheOneBefore() {
    CpuShare share = new CpuShare(0.5, clock);
    share.begin();
    clock.waitForTheProcessor(10_000);
    share.end();
    clock.waitForTheProcessor(333);
    long start = clock.wall;
    share.begin();
    clock.compute(100);
    share.end();
    assertThat(clock.wall - start).isEqualTo(200);
    assertThat(share.overcommittedNanos()).isZero();
  }

  @Test
  void beingWokenEarlyDoesNotEndTheWait() {
    CpuShare share = new CpuShare(0.1, clock);
    clock.wokenAfter = 400;
    long start = clock.wall;
    share.begin();
    clock.compute(100);
    share.end();
    assertThat(clock.wall - start).isEqualTo(1000);
    assertThat(clock.parks).containsExactly(900L, 500L, 100L);
  }

  @Test
  void anInterruptedThreadStopsWaiting() {
    CpuShare share = new CpuShare(0.1, clock);
    share.begin();
    clock.compute(1_000_000);
    Thread.currentThread().interrupt();
    share.end();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(clock.parks).isEmpty();
  }

  /** Says what the emulation did when, in processor time since the start. */
  private final class RecordedTurn implements Turn {
    private final List<String> calls = new ArrayList<>();
    private final long start = clock.cpu;

    @Override
    public void take() {
      calls.add("take " + (clock.cpu - start));
    }

    @Override
    public void give() {
      calls.add("give " + (clock.cpu - start) + " after " + clock.parks.size() + " sleeps");
    }
  }

  @Test
  void theTurnIsHeldWhileComputingAndNeverWhileSleeping() {
    RecordedTurn turn = new RecordedTurn();
    CpuShare share = new CpuShare(0.5, clock, () -> {}, turn);
    share.begin();
    clock.compute(CpuShare.BURST_NANOS);
    share.operatorDone();
    clock.compute(1000);
    share.operatorDone();
    share.end();
    share.close();
    assertThat(turn.calls)
        .containsExactly(
            "take 0",
            "give 10000000 after 0 sleeps",
            "take 10000000",
            "give 10001000 after 1 sleeps");
  }

  @Test
  void waitingForTheTurnPassesWhileTheStepWouldSleep() {
    Turn busy =
        new Turn() {
          @Override
          public void take() {
            clock.waitForTheProcessor(800);
          }

          @Override
          public void give() {
            // the next one computes
          }
        };
    CpuShare share = new CpuShare(0.5, clock, () -> {}, busy);
    long start = clock.wall;
    share.begin();
    clock.compute(1000);
    share.end();
    assertThat(clock.wall - start).isEqualTo(2000);
    assertThat(share.overcommittedNanos()).isZero();
  }

  @Test
  void aStepThatFailedGivesItsTurnBack() {
    RecordedTurn turn = new RecordedTurn();
    try (CpuShare share = new CpuShare(0.5, clock, () -> {}, turn)) {
      share.begin();
      clock.compute(10);
    }
    assertThat(turn.calls).containsExactly("take 0", "give 10 after 0 sleeps");
  }

  @Test
  void aWholeCoreIsLeftAlone() {
    CpuShare share = new CpuShare(1, clock);
    share.begin();
    clock.compute(CpuShare.BURST_NANOS);
    share.operatorDone();
    clock.waitForTheProcessor(10);
    share.end();
    assertThat(share.workNanos()).isEqualTo(CpuShare.BURST_NANOS + 10);
    assertThat(clock.parks).isEmpty();
    assertThat(share.overcommittedNanos()).isZero();
  }

  @Test
  void sharesOutsideTheCoreAreRefused() {
    for (double share : new double[] {0, -0.1, 1.01, 35, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new CpuShare(share));
    }
  }

  @Test
  void theComputersOwnClocksNeverEndAStepEarly() {
    CpuShare share = new CpuShare(0.5);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long start = System.nanoTime();
    share.begin();
    long cpuStart = threads.getCurrentThreadCpuTime();
    double sum = 0;
    for (int i = 1; i < 3_000_000; i++) {
      sum += Math.sin(i);
    }
    long cpu = threads.getCurrentThreadCpuTime() - cpuStart;
    share.end();
    assertThat(sum).isNotNaN();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2 * cpu);
  }
}
