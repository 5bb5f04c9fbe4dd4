package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SweepClockTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final SweepClock clock = new SweepClock(nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void elapsedTimeGrowsAndTimeLeftShrinks() {
    assertThat(clock.words()).isEmpty();
    clock.start();
    clock.left(OptionalDouble.of(600));
    assertThat(clock.words()).isEqualTo("0:00 elapsed, about 10 min left");
    pass(125);
    assertThat(clock.words()).isEqualTo("2:05 elapsed, about 8 min left");
    pass(3600);
    assertThat(clock.words()).isEqualTo("1:02:05 elapsed, about 1 s left");
  }

  @Test
  void waitingIsNotCounted() {
    clock.start();
    pass(61);
    clock.stop();
    pass(1000);
    assertThat(clock.words()).isEqualTo("1:01 elapsed");
    clock.start();
    clock.start();
    pass(2);
    assertThat(clock.words()).isEqualTo("1:03 elapsed");
    clock.reset();
    assertThat(clock.words()).isEmpty();
  }
}
