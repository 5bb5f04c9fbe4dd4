package org.edgeld.transport;

import com.esotericsoftware.kryonet.Client;
import com.esotericsoftware.kryonet.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a KryoNet end point. KryoNet's own loop dies of the first unexpected throwable. */
final class KryoLoop {
  private static final Logger LOG = LoggerFactory.getLogger(KryoLoop.class);
  private static final int UPDATE_MILLIS = 100;
  private static final int END_MILLIS = 2000;

  private final EndPoint endPoint;
  private final Runnable afterUpdate;
  private final Runnable cleanUp;
  private final Thread thread;
  private volatile boolean ended;

  /**
   * Prepares a loop.
   *
   * @param afterUpdate called after every update, at least ten times a second
   * @param cleanUp called once, when the loop has ended
   */
  KryoLoop(String name, EndPoint endPoint, Runnable afterUpdate, Runnable cleanUp) {
    this.endPoint = endPoint;
    this.afterUpdate = afterUpdate;
    this.cleanUp = cleanUp;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Ends the loop after the update under way, a tenth of a second at most. */
  void end() {
    ended = true;
  }

  /** Ends the loop and waits until it has cleaned up, unless the caller is the loop. */
  void endAndWait() {
    end();
    if (isCurrentThread()) {
      return;
    }
    try {
      thread.join(END_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells whether the caller is this loop, perhaps through a listener. */
  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  private void run() {
    while (!ended) {
      try {
        endPoint.update(UPDATE_MILLIS);
        afterUpdate.run();
      } catch (Throwable e) {
        if (!ended) {
          LOG.debug("The control plane got over a failure.", e);
        }
        if (endPoint instanceof Client client) {
          client.close();
        }
      }
    }
    cleanUp.run();
  }
}
