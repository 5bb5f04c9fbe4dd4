package org.edgeld.agent.emulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;

/**
 * The turn of all processes that opened the same file: who has its lock computes. The system hands
 * the lock on when a process ends, however it ended. A call takes a few microseconds. Thread-safe;
 * threads of this process take turns as well.
 */
public final class FileTurn implements Turn {
  private final Path path;
  // a lock belongs to the process, so its threads settle among themselves first
  private final Semaphore threads = new Semaphore(1, true);
  private FileChannel file;
  private FileLock lock;

  private FileTurn(Path path) throws IOException {
    this.path = path;
    this.file = open(path);
  }

  /**
   * Joins the turns of a file, which is made if it is missing and stays empty.
   *
   * @throws IOException if it cannot be written to
   */
  public static FileTurn of(Path path) throws IOException {
    return new FileTurn(path);
  }

  private static FileChannel open(Path path) throws IOException {
    return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Waits for the turn; an interrupted thread does not wait, for it is about to stop. */
  @Override
  public void take() {
    threads.acquireUninterruptibly();
    try {
      if (!file.isOpen()) {
        file = open(path);
      }
      lock = file.lock();
    } catch (FileLockInterruptionException e) {
      // the interrupt has closed the file as well
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      threads.release();
      throw e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
    }
  }

  @Override
  public void give() {
    try {
      if (lock != null) {
        lock.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock = null;
      threads.release();
    }
  }
}
