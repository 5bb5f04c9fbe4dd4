package org.edgeld.workbench.history;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;

/**
 * The kept runs of one user, a folder each, named by its number. A run appears at once and whole:
 * it is written under another name first. Several windows and commands may use one history at a
 * time. What cannot be read stays where it is. Thread-safe; all methods use the disk.
 */
public final class RunHistory {
  /** Longer than writing a run can take. */
  private static final Duration WRITTEN_AFTER = Duration.ofHours(1);

  private static final int ATTEMPTS = 1000;

  private final HistoryFolder folder;
  private final Clock clock;
  private final DeletedRuns deleted;
  private final EditLock lock;
  private final Map<Integer, RunHead> heads = new ConcurrentHashMap<>();

  /**
   * @param folder of the history, which is made when the first run is kept
   * @param clock tells which runs were deleted last
   */
  public RunHistory(Path folder, Clock clock) {
    this.folder = new HistoryFolder(folder);
    this.clock = clock;
    this.deleted = new DeletedRuns(this.folder, clock);
    this.lock = new EditLock(this.folder);
  }

  /** Returns the folder of the history. */
  public Path folder() {
    return folder.path();
  }

  /**
   * Keeps a run.
   *
   * @return its number
   * @throws IOException if it cannot be written; then nothing of it is left
   */
  public int keep(KeptRun run) throws IOException {
    Files.createDirectories(folder.path());
    folder.removeParts(clock.instant().minus(WRITTEN_AFTER));
    RunFiles part = folder.part();
    try {
      part.write(run);
      int number = folder.highest() + 1;
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        Path place = files(number).path();
        try {
          Files.move(part.path(), place, StandardCopyOption.ATOMIC_MOVE);
          return number;
        } catch (FileSystemException e) {
          if (!Files.exists(place)) {
            throw e;
          }
          number++; // another window was faster
        }
      }
      throw new IOException("No number is free in the folder " + folder.path() + ".");
    } finally {
      part.remove();
    }
  }

  RunFiles files(int number) {
    return folder.run(number);
  }

  /**
   * Returns the runs there are; those that cannot be read are named with the reason. Heads are read
   * once, notes each time.
   *
   * @throws HistoryException if the folder itself cannot be read
   */
  public HistoryList list() throws HistoryException {
    List<String> problems = new ArrayList<>();
    List<Integer> numbers;
    try {
      numbers = folder.numbers().stream().sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new HistoryException(
          "The runs in %s cannot be listed: %s. Maybe the folder belongs to another user."
              .formatted(folder.path(), e.getMessage()),
          e);
    }
    OptionalInt pinned = pinned(problems);
    List<HistoryItem> items = new ArrayList<>();
    for (int number : numbers) {
      try {
        items.add(item(number, pinned, problems));
      } catch (JsonDefectException e) {
        if (Files.isDirectory(files(number).path())) { // else another window deleted it
          problems.add(e.getMessage());
        }
      }
    }
    return new HistoryList(items, problems);
  }

  private OptionalInt pinned(List<String> problems) {
    try {
      return NotesFiles.readPin(folder.pin());
    } catch (JsonDefectException e) {
      problems.add(e.getMessage());
      return OptionalInt.empty();
    }
  }

  private HistoryItem item(int number, OptionalInt pinned, List<String> problems)
      throws JsonDefectException {
    boolean isPinned = pinned.isPresent() && pinned.getAsInt() == number;
    return new HistoryItem(number, head(number), notes(number, problems), isPinned);
  }

  private RunHead head(int number) throws JsonDefectException {
    RunHead known = heads.get(number);
    if (known != null) {
      return known;
    }
    RunHead head = HeadJson.read(JsonDocument.read(files(number).head(), "run"));
    heads.put(number, head);
    return head;
  }

  private RunNotes notes(int number, List<String> problems) {
    try {
      return NotesFiles.readNotes(files(number).notes());
    } catch (JsonDefectException e) {
      problems.add(e.getMessage());
      return RunNotes.NONE;
    }
  }

  /**
   * Returns one run. Notes or a pin that cannot be read hide it as little as in {@link #list},
   * which says why.
   *
   * @throws HistoryException if there is none of this number, or its head cannot be read
   */
  public HistoryItem item(int number) throws HistoryException {
    requireRun(number);
    try {
      List<String> saidByTheList = new ArrayList<>();
      return item(number, pinned(saidByTheList), saidByTheList);
    } catch (JsonDefectException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }

  private void requireRun(int number) throws HistoryException {
    if (!Files.isDirectory(files(number).path())) {
      throw new HistoryException(
          "There is no run %d. Maybe %s."
              .formatted(
                  number,
                  deleted.has(number)
                      ? "bring it back: it was deleted"
                      : "another window deleted it, or see history list"));
    }
  }

  /**
   * Changes name and tags of a run.
   *
   * @throws HistoryException if there is no such run, or its notes cannot be read
   */
  public void annotate(int number, UnaryOperator<RunNotes> change)
      throws IOException, HistoryException {
    lock.alone(
        () -> {
          requireRun(number);
          Path file = files(number).notes();
          try {
            NotesFiles.writeNotes(file, change.apply(NotesFiles.readNotes(file)));
          } catch (JsonDefectException e) {
            throw new HistoryException(e.getMessage(), e);
          }
        });
  }

  /** Pins a run as the one that others are compared with, or none. */
  public void pin(OptionalInt number) throws IOException, HistoryException {
    if (number.isPresent()) {
      requireRun(number.getAsInt());
    }
    Files.createDirectories(folder.path());
    NotesFiles.writePin(folder.pin(), number);
  }

  /**
   * Deletes runs; {@link #restore} brings them back while they are among the last fifty deleted, or
   * were deleted together.
   *
   * @throws HistoryException if there is none of one of the numbers; then all stay
   */
  public void delete(List<Integer> gone) throws IOException, HistoryException {
    lock.alone(
        () -> {
          for (int number : gone) {
            requireRun(number);
          }
          deleted.take(gone);
          gone.forEach(heads::remove);
        });
  }

  /** Brings a deleted run back under its number. */
  public void restore(int number) throws IOException, HistoryException {
    lock.alone(
        () -> {
          if (!deleted.has(number)) {
            throw new HistoryException(
                "The run %d is not among the last deleted ones. Maybe it is still in the list."
                    .formatted(number));
          }
          deleted.giveBack(number);
        });
  }
}
