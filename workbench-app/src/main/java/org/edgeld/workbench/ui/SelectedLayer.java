package org.edgeld.workbench.ui;

import java.util.Optional;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.ui.map.MapViewModel;
import org.edgeld.workbench.ui.network.NetworkViewModel;

/** Keeps the layer that is selected in the map and the one selected in the model view the same. */
final class SelectedLayer {
  private SelectedLayer() {}

  /** Joins the two from now on. */
  static void join(MapViewModel map, NetworkViewModel network) {
    map.selectionProperty().addListener((o, was, is) -> follow(is, network));
    // the map may know a new network before the model view does
    network
        .networkProperty()
        .addListener((o, was, is) -> follow(map.selectionProperty().get(), network));
    network.selectionProperty().addListener((o, was, is) -> is.ifPresent(map::selectLayer));
    follow(map.selectionProperty().get(), network);
  }

  private static void follow(Optional<MapSelection> selected, NetworkViewModel network) {
    selected
        .map(MapSelection::layer)
        .ifPresent(layer -> network.selectionProperty().set(Optional.of(layer)));
  }
}
