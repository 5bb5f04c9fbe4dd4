package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.edgeld.workbench.job.JobMonitor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class TimeLimitTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void theTimeRunsFromItsBeginning() {
    AtomicLong clock = new AtomicLong(5);
    TimeLimit limit = new TimeLimit(JobMonitor.SILENT, "trial", 0, 1, clock::get);
    clock.addAndGet(1000 * SECOND);
    assertThat(limit.cancelled()).as("agents start and are profiled").isFalse();
    limit.begin(10);
    clock.addAndGet(10 * SECOND - 1);
    assertThat(limit.over()).isFalse();
    clock.addAndGet(1);
    assertThat(limit.over()).isTrue();
    assertThat(limit.cancelled()).isTrue();
  }
}
