package org.edgeld.workbench.plan;

import java.util.Arrays;
import org.edgeld.geometry.Block;

/** The strips of one block, as rows only: quick answers for searches over boundaries. */
public final class BlockRows {
  private final Block block;
  private final int base;
  private final int[][] readers;
  private final int[][][] starts;
  private final int[][][] ends;
  private final int[] outputs;
  private final int[] heights;
  private final int height;
  private final boolean wholeRows;

  BlockRows(
      Block block,
      int base,
      int[][] readers,
      int[][][] starts,
      int[][][] ends,
      int[] outputs,
      int[] heights,
      int height,
      boolean wholeRows) {
    this.block = block;
    this.base = base;
    this.readers = readers;
    this.starts = starts;
    this.ends = ends;
    this.outputs = outputs;
    this.heights = heights;
    this.height = height;
    this.wholeRows = wholeRows;
  }

  /** Returns the rows of the block's reference. */
  public int height() {
    return height;
  }

  /**
   * Tells whether whole rows are computed of every layer inside; else some columns or channels of
   * one are needed by nobody.
   */
  public boolean wholeRows() {
    return wholeRows;
  }

  /**
   * Returns what a strip takes.
   *
   * @param start first row of the block's reference
   * @param end one past the last
   */
  public Strip strip(int start, int end) {
    Strip strip = new Strip(base, block.layerEnd() - base + 1);
    if (start < end) {
      for (int i = 0; i < outputs.length; i++) {
        strip.hull(outputs[i], scaled(start, heights[i]), scaled(end, heights[i]));
      }
      for (int layer = block.size() - 1; layer >= 0; layer--) {
        int tensor = block.layerStart() + layer + 1;
        int first = strip.start(tensor);
        int last = strip.end(tensor) - 1;
        for (int input = 0; first <= last && input < readers[layer].length; input++) {
          strip.hull(readers[layer][input], starts[layer][input][first], ends[layer][input][last]);
        }
      }
    }
    return strip;
  }

  private int scaled(int boundary, int extent) {
    return extent == height ? boundary : OutputShare.scaled(boundary, extent, height);
  }

  /** Rows of each tensor that a strip reads or makes. */
  public static final class Strip {
    private final int base;

    /** First and one past the last row of each tensor. */
    private final int[] rows;

    private Strip(int base, int tensors) {
      this.base = base;
      this.rows = new int[2 * tensors];
    }

    private void hull(int tensor, int start, int end) {
      int at = 2 * (tensor - base);
      if (start < end) {
        rows[at] = rows[at + 1] == 0 ? start : Math.min(rows[at], start);
        rows[at + 1] = Math.max(rows[at + 1], end);
      }
    }

    /**
     * Returns the first row.
     *
     * @param tensor index of a tensor that the block reads or makes
     */
    public int start(int tensor) {
      return rows[2 * (tensor - base)];
    }

    /** Returns one past the last row; it is the first if no row is needed. */
    public int end(int tensor) {
      return rows[2 * (tensor - base) + 1];
    }

    /** Returns the number of rows. */
    public int rows(int tensor) {
      return end(tensor) - start(tensor);
    }

    @Override
    public String toString() {
      return base + ": " + Arrays.toString(rows);
    }
  }
}
