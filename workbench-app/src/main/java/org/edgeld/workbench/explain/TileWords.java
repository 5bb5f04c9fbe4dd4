package org.edgeld.workbench.explain;

import java.util.List;
import java.util.stream.IntStream;
import org.edgeld.geometry.Slice;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.words.Figures;

/**
 * Says what it brings that devices compute strips in parts, or several tiles of a grid.
 *
 * @param planned the plan
 * @param whatIf simulates it with one tile a device
 * @param basis what the figures rest on
 */
record TileWords(PlannedRun planned, WhatIf whatIf, Basis basis) {
  private static final String OF_GRIDS = "ftp";

  /** Returns a sentence behind others; empty if every device has one tile of each block. */
  String sentence() {
    List<Stage> cut = planned.plan().stages();
    List<Stage> uncut = Uncut.of(cut);
    List<Stage> changed =
        IntStream.range(0, cut.size())
            .filter(i -> !cut.get(i).equals(uncut.get(i)))
            .mapToObj(cut::get)
            .toList();
    if (changed.isEmpty()) {
      return "";
    }
    String blocks = changed.size() + (changed.size() == 1 ? " block" : " blocks");
    String how =
        ofGrid(changed)
            ? " In %s devices have several tiles one after the other, so that slices travel"
                + " meanwhile"
            : " Slices travel while the strips of %s are computed in parts";
    return how.formatted(blocks) + brings(-whatIf.saved(uncut));
  }

  private String brings(double savedNanos) {
    return Double.isInfinite(savedNanos)
        ? "; in one piece they would not fit."
        : ", which %s %s%s."
            .formatted(
                savedNanos >= 0 ? "saves" : "costs",
                Figures.nanos(Math.abs(savedNanos)),
                basis.remark());
  }

  /** Parts of strips are as wide as the map. */
  private boolean ofGrid(List<Stage> stages) {
    return planned.request().method().strategy().equals(OF_GRIDS)
        || stages.stream()
            .flatMap(stage -> stage.outputs().stream())
            .flatMap(List::stream)
            .anyMatch(this::narrow);
  }

  private boolean narrow(Slice slice) {
    int width = whatIf.geometry().shape(slice.tensor()).width();
    return slice.region().columns().size() < width;
  }
}
