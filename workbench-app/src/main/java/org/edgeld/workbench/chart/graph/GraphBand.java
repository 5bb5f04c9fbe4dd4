package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;

/**
 * Rows that some neighbouring blocks take up in a drawing, and nobody else.
 *
 * @param firstBlock index of the first block
 * @param lastBlock index of the last block; another than the first where the blocks' layers lie
 *     beside each other
 * @param topRank first row
 * @param bottomRank last row
 */
public record GraphBand(int firstBlock, int lastBlock, int topRank, int bottomRank) {
  /**
   * Derives the bands of consecutive blocks that cover all layers. The input is in none.
   *
   * @param layout the drawing
   * @param blocks in the order of their layers
   */
  public static List<GraphBand> of(GraphLayout layout, List<Block> blocks) {
    int layers = layout.nodes().size() - 1;
    int[] highestBehind = new int[layers + 1];
    highestBehind[layers] = Integer.MAX_VALUE;
    for (int layer = layers - 1; layer >= 0; layer--) {
      highestBehind[layer] = Math.min(highestBehind[layer + 1], layout.ofLayer(layer).rank());
    }
    List<GraphBand> bands = new ArrayList<>();
    int first = 0;
    int lowest = 0;
    for (int b = 0; b < blocks.size(); b++) {
      for (int layer = blocks.get(b).layerStart(); layer < blocks.get(b).layerEnd(); layer++) {
        lowest = Math.max(lowest, layout.ofLayer(layer).rank());
      }
      if (lowest < highestBehind[blocks.get(b).layerEnd()]) {
        int top = highestBehind[blocks.get(first).layerStart()];
        bands.add(new GraphBand(first, b, top, lowest));
        first = b + 1;
      }
    }
    return List.copyOf(bands);
  }

  /** Returns the upper edge, half a gap above the first row. */
  public double top() {
    return GraphLayout.rowTop(topRank) - GraphLayout.GAP / 2;
  }

  /** Returns the lower edge, half a gap below the last row. */
  public double bottom() {
    return GraphLayout.rowTop(bottomRank) + GraphNode.HEIGHT + GraphLayout.GAP / 2;
  }

  /** Returns the caption: {@code B3}, or {@code B3–B5}. */
  public String tag() {
    return firstBlock == lastBlock
        ? "B" + (firstBlock + 1)
        : "B" + (firstBlock + 1) + "–" + (lastBlock + 1);
  }
}
