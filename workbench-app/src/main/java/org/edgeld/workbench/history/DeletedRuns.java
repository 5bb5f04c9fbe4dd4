package org.edgeld.workbench.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The runs that were deleted last; to be used by one at a time.
 *
 * @param folder of the history
 * @param clock tells which were deleted last
 */
record DeletedRuns(HistoryFolder folder, Clock clock) {
  private static final int MOST = 50;

  /** Tells whether a run is among them. */
  boolean has(int number) {
    return Files.isDirectory(folder.deleted().run(number).path());
  }

  /**
   * Takes runs, which are there, and forgets the oldest of those that it took before.
   *
   * @throws IOException if one cannot be taken; then those before it were given back
   */
  void take(List<Integer> gone) throws IOException {
    Files.createDirectories(folder.deleted().path());
    List<Integer> taken = new ArrayList<>();
    try {
      for (int number : gone) {
        Files.setLastModifiedTime(folder.run(number).path(), FileTime.from(clock.instant()));
        Files.move(
            folder.run(number).path(),
            folder.deleted().run(number).path(),
            StandardCopyOption.ATOMIC_MOVE);
        taken.add(number);
      }
    } catch (IOException e) {
      for (int number : taken) {
        giveBack(number);
      }
      throw e;
    }
    forgetOldest(Set.copyOf(gone));
  }

  private void forgetOldest(Set<Integer> deletedNow) throws IOException {
    List<Integer> oldestFirst = new ArrayList<>(folder.deleted().numbers());
    Map<Integer, FileTime> times = new HashMap<>();
    for (int number : oldestFirst) {
      times.put(number, Files.getLastModifiedTime(folder.deleted().run(number).path()));
    }
    oldestFirst.sort(Comparator.comparing(times::get));
    // the highest number stays taken, or the next run would get it
    int highest = folder.highest();
    for (int number : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST))) {
      if (number != highest && !deletedNow.contains(number)) {
        folder.deleted().run(number).remove();
      }
    }
  }

  /** Gives a run back that is among them. */
  void giveBack(int number) throws IOException {
    Files.move(
        folder.deleted().run(number).path(),
        folder.run(number).path(),
        StandardCopyOption.ATOMIC_MOVE);
  }
}
