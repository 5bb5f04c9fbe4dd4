package org.edgeld.workbench.job;

import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Supplier;

/**
 * Does independent pieces of work at one time, as far as there are processors for them. What comes
 * out does not depend on who was done first: results are in the order of the pieces.
 */
public final class SideBySide {
  private SideBySide() {}

  /**
   * Returns what all pieces yield. The first one is done by the calling thread, others by the
   * common pool or, if it is busy, by the calling thread afterwards.
   *
   * @param pieces share nothing that changes and is not thread-safe
   * @throws RuntimeException what one of the pieces threw
   */
  public static <T> List<T> all(List<Supplier<T>> pieces) {
    List<ForkJoinTask<T>> tasks =
        pieces.stream().map(piece -> ForkJoinTask.adapt(() -> piece.get())).toList();
    ForkJoinTask.invokeAll(tasks);
    return tasks.stream().map(ForkJoinTask::join).toList();
  }
}
