package org.edgeld.workbench.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other threads and processes from editing meanwhile, so that no edit is lost.
 *
 * @param folder of the history
 */
record EditLock(HistoryFolder folder) {
  /** Locks of files do not keep threads of one process apart. */
  private static final Object EDITING = new Object();

  /** Something that reads and then writes. */
  @FunctionalInterface
  interface Edit {
    void apply() throws IOException, HistoryException;
  }

  /** Does an edit alone. */
  void alone(Edit edit) throws IOException, HistoryException {
    if (!Files.isDirectory(folder.path())) {
      edit.apply(); // which says that there is no such run
      return;
    }
    synchronized (EDITING) {
      try (FileChannel channel =
              FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid()) {
          edit.apply();
        }
      }
    }
  }
}
