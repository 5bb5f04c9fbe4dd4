package org.edgeld.workbench.ui;

import java.util.List;
import java.util.Locale;
import javafx.beans.property.Property;
import org.edgeld.workbench.ui.widget.Segments;

/** What the middle of the window shows. */
enum CentreCard {
  MAP("Map", "Which rows of which layer run on which device (Ctrl+1)."),
  LAYERS("Layers", "The layers of the model as a table (Ctrl+2)."),
  GRAPH("Graph", "The layers of the model as a graph (Ctrl+3)."),
  COMPARE("Plans", "The plans of all strategies side by side (Ctrl+4).");

  private final String title;
  private final String explanation;

  CentreCard(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns buttons that choose a card. */
  static Segments<CentreCard> tabs(Property<CentreCard> shown, String prefix) {
    Segments<CentreCard> tabs =
        new Segments<>(
            shown,
            Segments.of(
                List.of(values()),
                card -> prefix + "-" + card.title.toLowerCase(Locale.ROOT),
                card -> card.title,
                card -> card.explanation));
    tabs.getStyleClass().add("small");
    tabs.setMinWidth(Segments.USE_PREF_SIZE);
    return tabs;
  }
}
