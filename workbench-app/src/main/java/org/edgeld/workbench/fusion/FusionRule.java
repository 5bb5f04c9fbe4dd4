package org.edgeld.workbench.fusion;

import java.util.List;
import org.edgeld.geometry.Block;

/** Decides where fused blocks end. Blocks cover all layers of the graph in order. */
public interface FusionRule {
  /** Returns the name on the command line and in files. */
  String id();

  /** Returns the name in the window. */
  String title();

  /** Returns what the rule does, in plain words. */
  String explanation();

  /** Returns the blocks, in order. */
  List<Block> blocks(FusionRequest request);
}
