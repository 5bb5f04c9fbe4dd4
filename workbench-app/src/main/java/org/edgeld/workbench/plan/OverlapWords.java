package org.edgeld.workbench.plan;

/** Choices of overlap in plain words. */
public final class OverlapWords {
  private OverlapWords() {}

  /** Returns the name in the window. */
  public static String title(Overlap overlap) {
    return switch (overlap) {
      case AUTO -> "Auto";
      case ON -> "On";
      case OFF -> "Off";
    };
  }

  /** Returns what a choice does to strips. */
  public static String of(Overlap overlap) {
    return switch (overlap) {
      case AUTO ->
          "Strips are computed in parts, so that what others need travels meanwhile, where that is"
              + " predicted to be faster.";
      case ON -> "Every strip that can be cut is computed in parts, faster or not.";
      case OFF -> "Every strip is computed as a whole before anything of it is sent.";
    };
  }
}
