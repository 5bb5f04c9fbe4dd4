package org.edgeld.agent.engine;

/** Told by the engine how compute proceeds, so that a weaker processor can be emulated. */
@FunctionalInterface
public interface Pacer {
  /** Lets compute run as fast as it does. */
  Pacer NONE = () -> {};

  /** An operator is done on the calling thread; may delay it. */
  void operatorDone();
}
