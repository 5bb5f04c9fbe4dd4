package org.edgeld.workbench.ui.kpi;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.edgeld.workbench.ui.widget.Widgets;

/** The row of figures. */
public final class KpiView extends HBox {
  /** The figure a researcher looks for first. */
  private static final int HERO = 1;

  private record Card(Label title, Label remark, Label value, Label detail, Tooltip tooltip) {}

  private final List<Card> cards = new ArrayList<>();

  public KpiView(KpiViewModel model) {
    super(10);
    setId("kpis");
    for (int i = 0; i < model.kpisProperty().getValue().size(); i++) {
      add(i);
    }
    model.kpisProperty().addListener((o, was, is) -> show(is));
    show(model.kpisProperty().getValue());
  }

  private void add(int i) {
    Label title = Widgets.label("", "caption-strong");
    Label remark = Widgets.label("", "caption");
    remark.setId("kpi-remark-" + i);
    Label value = Widgets.label("", "kpi-value");
    value.setId("kpi-" + i);
    Label detail = Widgets.label("", "caption");
    VBox box = new VBox(0, title, value, detail, remark);
    box.getStyleClass().addAll("wb-card", "kpi");
    if (i == HERO) {
      box.getStyleClass().add("hero");
    }
    box.setMinWidth(0);
    box.setPrefWidth(100);
    HBox.setHgrow(box, Priority.ALWAYS);
    Tooltip tooltip = Widgets.tooltip("");
    Tooltip.install(box, tooltip);
    cards.add(new Card(title, remark, value, detail, tooltip));
    getChildren().add(box);
  }

  private void show(List<Kpi> kpis) {
    for (int i = 0; i < cards.size(); i++) {
      Card card = cards.get(i);
      Kpi kpi = kpis.get(i);
      card.title().setText(kpi.title());
      card.remark().setText(kpi.remark());
      card.remark().setVisible(!kpi.remark().isEmpty());
      card.remark().setManaged(!kpi.remark().isEmpty());
      card.value().setText(kpi.value());
      card.detail().setText(kpi.detail());
      card.tooltip().setText(kpi.explanation());
    }
  }
}
