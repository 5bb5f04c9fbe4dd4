package org.edgeld.workbench.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;

/**
 * The kept runs of one user, a folder each, named by its number. A run appears at once and whole:
 * it is written under another name first. Several windows and commands may use one history at a
 * time. What cannot be read stays where it is. Thread-safe; all methods use the disk.
 */
public final class RunHistory {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{5,9}");
  private static final String PART = ".part-";
  private static final String DELETED = ".deleted";
  private static final int MOST_DELETED = 50;
  private static final int ATTEMPTS = 1000;

  /** Locks of files do not keep threads of one process apart. */
  private static final Object EDITING = new Object();

  private final Path folder;
  private final Clock clock;
  private final Map<Integer, RunHead> heads = new ConcurrentHashMap<>();

  /**
   * @param folder of the history, which is made when the first run is kept
   * @param clock tells which runs were deleted last
   */
  public RunHistory(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Returns the folder of the history. */
  public Path folder() {
    return folder;
  }

  /**
   * Keeps a run.
   *
   * @return its number
   * @throws IOException if it cannot be written; then nothing of it is left
   */
  public int keep(KeptRun run) throws IOException {
    Files.createDirectories(folder);
    RunFiles part = new RunFiles(folder.resolve(PART + UUID.randomUUID()));
    try {
      part.write(run);
      int number = highest() + 1;
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
      throw new IOException("No number is free in the folder " + folder + ".");
    } finally {
      part.remove();
    }
  }

  private int highest() throws IOException {
    return Stream.concat(numbers(folder).stream(), numbers(folder.resolve(DELETED)).stream())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }

  private static List<Integer> numbers(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(folder)) {
      return content
          .map(path -> path.getFileName().toString())
          .filter(name -> NUMBER.matcher(name).matches())
          .map(Integer::parseInt)
          .filter(number -> number > 0)
          .toList();
    }
  }

  RunFiles files(int number) {
    return new RunFiles(folder.resolve(name(number)));
  }

  private static String name(int number) {
    return "%05d".formatted(number);
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
      numbers = numbers(folder).stream().sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new HistoryException(
          "The runs in %s cannot be listed: %s. Maybe the folder belongs to another user."
              .formatted(folder, e.getMessage()),
          e);
    }
    OptionalInt pinned = OptionalInt.empty();
    try {
      pinned = NotesFiles.readPin(pin());
    } catch (JsonDefectException e) {
      problems.add(e.getMessage());
    }
    List<HistoryItem> items = new ArrayList<>();
    for (int number : numbers) {
      try {
        RunHead head = head(number);
        boolean isPinned = pinned.isPresent() && pinned.getAsInt() == number;
        items.add(new HistoryItem(number, head, notes(number, problems), isPinned));
      } catch (JsonDefectException e) {
        if (Files.isDirectory(files(number).path())) { // else another window deleted it
          problems.add(e.getMessage());
        }
      }
    }
    return new HistoryList(items, problems);
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
   * Returns one run.
   *
   * @throws HistoryException if there is none of this number, or it cannot be read
   */
  public HistoryItem item(int number) throws HistoryException {
    requireRun(number);
    try {
      OptionalInt pinned = NotesFiles.readPin(pin());
      return new HistoryItem(
          number,
          head(number),
          NotesFiles.readNotes(files(number).notes()),
          pinned.isPresent() && pinned.getAsInt() == number);
    } catch (JsonDefectException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }

  private void requireRun(int number) throws HistoryException {
    if (!Files.isDirectory(files(number).path())) {
      boolean deleted = Files.isDirectory(deleted(number));
      throw new HistoryException(
          "There is no run %d. Maybe %s."
              .formatted(
                  number,
                  deleted
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
    alone(
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
    Files.createDirectories(folder);
    NotesFiles.writePin(pin(), number);
  }

  private Path pin() {
    return folder.resolve("pin.json");
  }

  /**
   * Deletes runs; {@link #restore} brings them back while they are among the last fifty deleted, or
   * were deleted together.
   *
   * @throws HistoryException if there is none of one of the numbers; then all stay
   */
  public void delete(List<Integer> gone) throws IOException, HistoryException {
    alone(
        () -> {
          for (int number : gone) {
            requireRun(number);
          }
          Files.createDirectories(folder.resolve(DELETED));
          for (int number : gone) {
            Files.setLastModifiedTime(files(number).path(), FileTime.from(clock.instant()));
            Files.move(files(number).path(), deleted(number), StandardCopyOption.ATOMIC_MOVE);
          }
          forgetOldest(Set.copyOf(gone));
        });
  }

  private Path deleted(int number) {
    return folder.resolve(DELETED).resolve(name(number));
  }

  private void forgetOldest(Set<Integer> deletedNow) throws IOException {
    List<Integer> oldestFirst = new ArrayList<>(numbers(folder.resolve(DELETED)));
    Map<Integer, FileTime> times = new HashMap<>();
    for (int number : oldestFirst) {
      times.put(number, Files.getLastModifiedTime(deleted(number)));
    }
    oldestFirst.sort(Comparator.comparing(times::get));
    // the highest number stays taken, or the next run would get it
    int highest = highest();
    for (int number : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - MOST_DELETED))) {
      if (number != highest && !deletedNow.contains(number)) {
        new RunFiles(deleted(number)).remove();
        heads.remove(number);
      }
    }
  }

  /** Brings a deleted run back under its number. */
  public void restore(int number) throws IOException, HistoryException {
    alone(
        () -> {
          if (!Files.isDirectory(deleted(number))) {
            throw new HistoryException(
                "The run %d is not among the last deleted ones. Maybe it is still in the list."
                    .formatted(number));
          }
          Files.move(deleted(number), files(number).path(), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  /** Something that reads and then writes. */
  @FunctionalInterface
  private interface Edit {
    void apply() throws IOException, HistoryException;
  }

  /** Keeps other threads and processes from editing meanwhile, so that no edit is lost. */
  private void alone(Edit edit) throws IOException, HistoryException {
    if (!Files.isDirectory(folder)) {
      edit.apply(); // which says that there is no such run
      return;
    }
    synchronized (EDITING) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          edit.apply();
        }
      }
    }
  }
}
