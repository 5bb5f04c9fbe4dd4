package org.edgeld.workbench.history;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of a history are.
 *
 * @param path the folder, which need not be there yet
 */
record HistoryFolder(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryFolder.class);
  private static final String PART = ".part-";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{5,9}");

  /** Returns the files of a run, whether it is there or not. */
  RunFiles run(int number) {
    return new RunFiles(path.resolve("%05d".formatted(number)));
  }

  /** Returns the number of the pinned run; missing before one is pinned. */
  Path pin() {
    return path.resolve("pin.json");
  }

  /** Returns what is locked while something is changed. */
  Path lock() {
    return path.resolve(".lock");
  }

  /** Returns the deleted runs, which lie inside in the same way. */
  HistoryFolder deleted() {
    return new HistoryFolder(path.resolve(".deleted"));
  }

  /** Returns a place that nobody else writes a run to before it is kept. */
  RunFiles part() {
    return new RunFiles(path.resolve(PART + UUID.randomUUID()));
  }

  /**
   * Removes what writers that were killed have left, if they began before an instant. What cannot
   * be removed stays.
   */
  void removeParts(Instant before) throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(path, PART + "*")) {
      for (Path part : parts) {
        removeIfBegun(part, before);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void removeIfBegun(Path part, Instant before) {
    try {
      if (Files.getLastModifiedTime(part).toInstant().isBefore(before)) {
        new RunFiles(part).remove();
      }
    } catch (IOException e) {
      // another window removed it or kept its run, or it is tried again with the next run
      LOG.debug("{} stays", part, e);
    }
  }

  /** Returns the numbers of the runs in it, in no order. */
  List<Integer> numbers() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> content = Files.list(path)) {
      return content
          .map(file -> file.getFileName().toString())
          .filter(name -> NUMBER.matcher(name).matches())
          .map(Integer::parseInt)
          .filter(number -> number > 0)
          .toList();
    }
  }

  /** Returns the highest number that is taken, by a run or a deleted one; 0 if none is. */
  int highest() throws IOException {
    return Stream.concat(numbers().stream(), deleted().numbers().stream())
        .max(Comparator.naturalOrder())
        .orElse(0);
  }
}
