package org.edgeld.agent.emulation;

/**
 * When an emulated device may compute. Agents that share a core of this computer take turns, so
 * none is interrupted in the middle of a burst and finds its caches filled by another afterwards.
 */
public interface Turn {
  /** Waits for the turn; the calling thread must not have it. */
  void take();

  /** Hands on the turn that the calling thread has. */
  void give();

  /** Returns turns for a device that has its core to itself. */
  static Turn always() {
    return new Turn() {
      @Override
      public void take() {
        // nobody to wait for
      }

      @Override
      public void give() {
        // nobody waits
      }
    };
  }
}
