package org.edgeld.workbench.ui.cluster;

import atlantafx.base.theme.Styles;
import java.awt.Color;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.ui.widget.Widgets;
import org.edgeld.workbench.words.Figures;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** One agent of the list. */
final class AgentRow extends HBox {
  private static final double BAR_WIDTH = 38;

  AgentRow(AgentItem item, ClusterViewModel model, Palette palette, double fastest) {
    super(9);
    setAlignment(Pos.TOP_LEFT);
    getStyleClass().add("agent");
    if (item.device().isEmpty()) {
      getStyleClass().add("dim");
    }
    Color color = item.device().map(d -> palette.device(d.index())).orElse(palette.muted());
    VBox texts = new VBox(2, name(item, model), hardware(item));
    if (item.figures().isPresent()) {
      texts.getChildren().add(speed(item.figures().get(), color, fastest));
    }
    if (!item.agent().detail().isBlank()) {
      texts.getChildren().add(Widgets.wrapped(item.agent().detail(), "caption"));
    }
    HBox.setHgrow(texts, Priority.ALWAYS);
    getChildren().addAll(chip(item, palette), texts);
    ContextMenu menu = menu(item, model);
    setOnContextMenuRequested(event -> menu.show(this, event.getScreenX(), event.getScreenY()));
  }

  private static Label chip(AgentItem item, Palette palette) {
    if (item.device().isPresent()) {
      DeviceId device = item.device().get();
      return Widgets.chip(device.letter(), palette.device(device.index()));
    }
    return Widgets.fixed("", "chip", "none");
  }

  private static HBox name(AgentItem item, ClusterViewModel model) {
    Label name = Widgets.label(item.agent().name(), "agent-name");
    HBox row = Widgets.row(5, name);
    if (item.agent().info().map(info -> info.emulation().active()).orElse(false)) {
      Label emulated = Widgets.fixed("emulated", "badge", "emulated");
      emulated.setTooltip(Widgets.tooltip(emulation(item.agent().info().get().emulation())));
      row.getChildren().add(emulated);
    }
    row.getChildren().add(Widgets.space());
    if (item.usable()) {
      Button star =
          Widgets.iconButton(
              item.head() ? MaterialDesignS.STAR : MaterialDesignS.STAR_OUTLINE,
              item.head()
                  ? "The head: it holds the input and wants the result"
                  : "Make this agent the head");
      star.getStyleClass().addAll("star", Styles.FLAT);
      if (item.head()) {
        star.getStyleClass().add("head");
      }
      star.setOnAction(event -> model.makeHead(item));
      row.getChildren().add(star);
    }
    row.getChildren().add(include(item, model));
    return row;
  }

  private static HBox hardware(AgentItem item) {
    String hardware = item.agent().info().map(AgentRow::hardware).orElse("unknown");
    Label text = Widgets.label(hardware, "caption");
    text.setTooltip(Widgets.tooltip(hardware + "\n" + item.agent().address()));
    return Widgets.row(6, text, Widgets.space(), status(item.agent()));
  }

  private static String hardware(AgentInfo info) {
    String cores = info.cores() + (info.cores() == 1 ? " core" : " cores");
    String memory =
        info.memoryBytes() > 0
            ? " · " + Math.max(1, Math.round(info.memoryBytes() / 1e9)) + " GB"
            : "";
    String processor = info.processor().isBlank() ? info.architecture() : info.processor();
    return cores + memory + (processor.isBlank() ? "" : " · " + processor);
  }

  private static String emulation(Emulation emulation) {
    StringBuilder words =
        new StringBuilder("Emulated: %.0f %% of one core".formatted(100 * emulation.cpuShare()));
    if (emulation.linkBitsPerSecond() > 0) {
      words.append(", link of ").append(Figures.bitsPerSecond(emulation.linkBitsPerSecond()));
    }
    if (emulation.linkDelayNanos() > 0) {
      words.append(", delay of ").append(Figures.nanos(emulation.linkDelayNanos()));
    }
    if (emulation.memoryBytes() > 0) {
      words.append(", memory of ").append(Figures.bytes(emulation.memoryBytes()));
    }
    return words + ".";
  }

  private static Label status(KnownAgent agent) {
    String word = agent.status().name().toLowerCase(Locale.ROOT);
    return Widgets.fixed(word, "state", word);
  }

  /** Returns bar and figures of a device. */
  static HBox speed(AgentFigures figures, Color color, double fastest) {
    Region bar = new Region();
    bar.getStyleClass().add("bar");
    bar.setStyle("-fx-background-color: " + Palette.css(color) + ";");
    double width = BAR_WIDTH * figures.flopsPerSecond() / fastest;
    bar.setMinSize(width, 5);
    bar.setMaxSize(width, 5);
    Pane track = new StackPane(bar);
    StackPane.setAlignment(bar, Pos.CENTER_LEFT);
    track.getStyleClass().add("bar-track");
    track.setMinWidth(BAR_WIDTH);
    track.setMaxWidth(BAR_WIDTH);
    String link =
        Double.isInfinite(figures.linkBitsPerSecond())
            ? "head"
            : Figures.bitsPerSecond(figures.linkBitsPerSecond());
    Label linkLabel = Widgets.label(link, "caption");
    if (!Double.isInfinite(figures.linkBitsPerSecond())) {
      linkLabel.setTooltip(
          Widgets.tooltip(
              "Link from the head, round trip " + Figures.nanos(figures.roundTripNanos())));
    }
    return Widgets.row(
        6,
        track,
        Widgets.fixed(Figures.number(figures.flopsPerSecond() / 1e9) + " GFLOP/s", "caption"),
        Widgets.space(),
        linkLabel);
  }

  private static CheckBox include(AgentItem item, ClusterViewModel model) {
    CheckBox box = new CheckBox();
    box.setSelected(item.included() && item.usable());
    box.setDisable(!item.usable());
    box.setTooltip(Widgets.tooltip("Takes part in plans and runs"));
    box.setOnAction(event -> model.include(item, box.isSelected()));
    return box;
  }

  private static ContextMenu menu(AgentItem item, ClusterViewModel model) {
    MenuItem head = new MenuItem("Make this agent the head");
    head.setDisable(!item.usable() || item.head());
    head.setOnAction(event -> model.makeHead(item));
    MenuItem include = new MenuItem(item.included() ? "Leave out" : "Let take part");
    include.setDisable(!item.usable());
    include.setOnAction(event -> model.include(item, !item.included()));
    ContextMenu menu = new ContextMenu(head, include);
    if (item.agent().source() == KnownAgent.Source.ADDED) {
      MenuItem forget = new MenuItem("Forget this agent");
      forget.setOnAction(event -> model.remove(item));
      menu.getItems().add(forget);
    }
    return menu;
  }
}
