package org.edgeld.workbench.ui.experiment;

/** Where fused blocks end. */
public enum FusionKind {
  LAYER("Layer", "Every layer is a block of its own: strips are exchanged after each layer."),
  BETWEEN_POOLS(
      "Between pools",
      "A block ends at each pooling layer, as in EdgeLD: nothing is exchanged within."),
  DEPTH("Depth", "A block holds this many layers: fewer exchanges, but more rows computed twice.");

  private final String title;
  private final String explanation;

  FusionKind(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the name in the window. */
  public String title() {
    return title;
  }

  /** Returns what it does, in plain words. */
  public String explanation() {
    return explanation;
  }

  /** Returns the id on the command line and in files. */
  public String id(int depth) {
    return switch (this) {
      case LAYER -> "layer";
      case BETWEEN_POOLS -> "between-pools";
      case DEPTH -> Integer.toString(depth);
    };
  }
}
