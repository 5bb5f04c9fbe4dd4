package org.edgeld.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import org.edgeld.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a handler on a thread of its own, so that KryoNet's thread only ever queues. */
final class ControlEvents {
  /** Messages that may wait; a workbench's slowest answer takes far fewer. */
  static final int MAX_WAITING = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(ControlEvents.class);

  private final ControlHandler handler;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int waitingMessages;
  private boolean ended;

  ControlEvents(String threadName, ControlHandler handler) {
    this.handler = handler;
    Thread thread = new Thread(this::run, threadName);
    thread.setDaemon(true);
    thread.start();
  }

  void connected(ControlConnection connection) {
    add(() -> handler.connected(connection));
  }

  /** Queues a message, or returns false if too many wait. */
  synchronized boolean received(ControlConnection connection, Message message) {
    if (waitingMessages >= MAX_WAITING) {
      return false;
    }
    waitingMessages++;
    add(
        () -> {
          synchronized (this) {
            waitingMessages--;
          }
          handler.received(connection, message);
        });
    return true;
  }

  void disconnected(ControlConnection connection) {
    add(() -> handler.disconnected(connection));
  }

  /** Ends the thread when everything queued before is done. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void add(Runnable event) {
    if (!ended) {
      waiting.add(event);
      notifyAll();
    }
  }

  private void run() {
    try {
      while (true) {
        Runnable event;
        synchronized (this) {
          while (waiting.isEmpty() && !ended) {
            wait();
          }
          if (waiting.isEmpty()) {
            return;
          }
          event = waiting.remove();
        }
        try {
          event.run();
        } catch (RuntimeException e) {
          LOG.error("A control message could not be treated.", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("{} ends because it was interrupted.", Thread.currentThread().getName());
    }
  }
}
