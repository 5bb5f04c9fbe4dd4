package org.edgeld.agent.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileTurnTest {
  @TempDir private Path folder;

  /** Holds the turn until its standard input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      FileTurn.of(Path.of(args[0])).take();
      System.out.println("taken");
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void threadsOfOneProcessComputeOneAtATime() throws Exception {
    FileTurn turn = FileTurn.of(folder.resolve("core"));
    AtomicInteger computing = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Runnable work =
          () -> {
            for (int i = 0; i < 300; i++) {
              turn.take();
              most.accumulateAndGet(computing.incrementAndGet(), Math::max);
              Thread.yield();
              computing.decrementAndGet();
              turn.give();
            }
          };
      Future<?> first = threads.submit(work);
      Future<?> second = threads.submit(work);
      threads.submit(work).get();
      first.get();
      second.get();
    } finally {
      threads.shutdownNow();
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void anotherProcessHasTheTurnUntilItEndsHoweverItEnds() throws Exception {
    Path file = folder.resolve("core");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("taken");
      FileTurn turn = FileTurn.of(file);
      CountDownLatch begun = new CountDownLatch(1);
      Future<?> taking =
          threads.submit(
              () -> {
                begun.countDown();
                turn.take();
              });
      begun.await();
      assertThatThrownBy(() -> taking.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      other.destroyForcibly();
      taking.get();
    } finally {
      other.destroyForcibly();
      threads.shutdownNow();
    }
  }

  @Test
  void anInterruptedThreadDoesNotWaitAndLeavesTheTurnUsable() throws Exception {
    FileTurn turn = FileTurn.of(folder.resolve("core"));
    Thread.currentThread().interrupt();
    turn.take();
    assertThat(Thread.interrupted()).isTrue();
    turn.give();
    turn.take();
    turn.give();
  }

  @Test
  void aMissingFolderIsAnError() {
    assertThatThrownBy(() -> FileTurn.of(folder.resolve("missing").resolve("core")))
        .isInstanceOf(IOException.class);
  }
}
