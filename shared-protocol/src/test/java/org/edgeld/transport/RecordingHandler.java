package org.edgeld.transport;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.edgeld.message.Message;

/** A control handler that keeps what it is told until a test asks for it. */
class RecordingHandler implements ControlHandler {
  /** Long enough for any machine; only a failing test waits that long. */
  static final long PATIENCE_SECONDS = 30;

  final BlockingQueue<ControlConnection> connected = new LinkedBlockingQueue<>();
  final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  final BlockingQueue<ControlConnection> disconnected = new LinkedBlockingQueue<>();

  @Override
  public void connected(ControlConnection connection) {
    connected.add(connection);
  }

  @Override
  public void received(ControlConnection connection, Message message) {
    received.add(message);
  }

  @Override
  public void disconnected(ControlConnection connection) {
    disconnected.add(connection);
  }

  /** Something that may fail while a server is still busy with strangers. */
  interface Attempt<T> {
    T get() throws IOException;
  }

  /** Repeats an attempt until the server has room for it. */
  static <T> T eventually(Attempt<T> attempt) throws IOException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        return attempt.get();
      } catch (UnreachableException | RefusedException e) {
        if (System.nanoTime() > giveUp) {
          throw e;
        }
      }
    }
  }

  /** Takes the next entry or fails. */
  static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T value = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (value == null) {
      throw new AssertionError("Nothing came.");
    }
    return value;
  }
}
