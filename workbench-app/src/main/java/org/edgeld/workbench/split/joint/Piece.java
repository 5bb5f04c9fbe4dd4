package org.edgeld.workbench.split.joint;

import org.edgeld.geometry.Block;

/**
 * A fused block with the ownership of its outputs.
 *
 * @param block the layers
 * @param ownership who computes which part of each output
 */
record Piece(Block block, Ownership ownership) {}
