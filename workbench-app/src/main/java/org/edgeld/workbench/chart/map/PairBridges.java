package org.edgeld.workbench.chart.map;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.Strip;

/**
 * Joins the two layers of a pair: where a device sums over the channels that it made itself, its
 * strip goes on across the gap, because nothing travels there.
 *
 * @param palette colours
 */
record PairBridges(Palette palette) {
  /** How much of a device's colour is left between its two strips. */
  private static final double SURFACE_SHARE = 0.55;

  void paint(Graphics2D g, MapLayout layout, StagePicture stage) {
    if (!layout.picture().isPair(stage)) {
      return;
    }
    StagePicture before = layout.picture().stages().get(stage.index() - 1);
    int last = before.stage().block().layerEnd() - 1;
    int first = stage.stage().block().layerStart();
    List<Strip> made = before.layers().get(before.layers().size() - 1);
    for (Strip sum : stage.layers().get(0)) {
      for (Strip strip : made) {
        if (strip.device().equals(sum.device())) {
          g.setColor(
              Palette.mix(palette.device(sum.device().index()), palette.surface(), SURFACE_SHARE));
          g.fill(
              between(
                  layout.box(before, last, strip.owned()), layout.box(stage, first, sum.owned())));
        }
      }
    }
  }

  private static Path2D between(Rectangle2D left, Rectangle2D right) {
    Path2D bridge = new Path2D.Double();
    bridge.moveTo(left.getMaxX(), left.getMinY());
    bridge.lineTo(right.getMinX(), right.getMinY());
    bridge.lineTo(right.getMinX(), right.getMaxY());
    bridge.lineTo(left.getMaxX(), left.getMaxY());
    bridge.closePath();
    return bridge;
  }
}
