package org.edgeld.agent.engine.djl;

import java.util.Locale;

/** Which of PyTorch's convolutions compute large layers. */
public enum Convolutions {
  /** Packed ones where this computer has them and a trial at start gives the same outputs. */
  AUTO,
  /** PyTorch's ordinary ones, which bring the weights into oneDNN's order in every call. */
  PLAIN,
  /** Those of oneDNN whose weights are brought into its order once; none else will do. */
  PACKED;

  /** Returns the word on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
