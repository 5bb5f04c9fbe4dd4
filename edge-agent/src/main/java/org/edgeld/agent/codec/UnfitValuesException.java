package org.edgeld.agent.codec;

import java.io.IOException;

/** Values that have no place in the form in which they were to travel. */
public final class UnfitValuesException extends IOException {
  private static final long serialVersionUID = 1;

  UnfitValuesException(String message) {
    super(message);
  }
}
