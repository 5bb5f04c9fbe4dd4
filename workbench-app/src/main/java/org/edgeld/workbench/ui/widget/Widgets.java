package org.edgeld.workbench.ui.widget;

import atlantafx.base.theme.Styles;
import java.awt.Color;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.edgeld.workbench.chart.Palette;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Makes small pieces of the window. */
public final class Widgets {
  private static final double TOOLTIP_WIDTH = 380;

  private Widgets() {}

  /** Returns a label of some style classes. */
  public static Label label(String text, String... styles) {
    Label label = new Label(text);
    label.getStyleClass().addAll(styles);
    return label;
  }

  /** Returns a label that is never cut off. */
  public static Label fixed(String text, String... styles) {
    Label label = label(text, styles);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  /** Returns a heading of which at least a part is always shown. */
  public static Label heading(double leastWidth) {
    Label label = label("", "h2");
    label
        .minWidthProperty()
        .bind(
            Bindings.createDoubleBinding(
                () -> Math.min(leastWidth, label.prefWidth(-1)),
                label.textProperty(),
                label.fontProperty()));
    return label;
  }

  /** Returns a label that breaks its lines. */
  public static Label wrapped(String text, String... styles) {
    Label label = label(text, styles);
    label.setWrapText(true);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** Returns nodes beside each other. */
  public static HBox row(double spacing, Node... nodes) {
    HBox row = new HBox(spacing, nodes);
    row.setAlignment(Pos.CENTER_LEFT);
    return row;
  }

  /** Returns empty space that takes what is left. */
  public static Region space() {
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    VBox.setVgrow(space, Priority.ALWAYS);
    return space;
  }

  /** Returns a small button with a picture and what it does as tooltip. */
  public static Button iconButton(Ikon icon, String what) {
    Button button = new Button(null, new FontIcon(icon));
    button.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
    button.setTooltip(tooltip(what));
    button.setAccessibleText(what);
    return button;
  }

  /** Returns a tooltip that breaks its lines. */
  public static Tooltip tooltip(String text) {
    Tooltip tooltip = new Tooltip(text);
    tooltip.setWrapText(true);
    tooltip.setMaxWidth(TOOLTIP_WIDTH);
    tooltip.setShowDelay(Duration.millis(400));
    tooltip.setShowDuration(Duration.seconds(30));
    return tooltip;
  }

  /** Returns a device's letter on its colour. */
  public static Label chip(String letter, Color color) {
    Label chip = fixed(letter, "chip");
    chip.setStyle(
        "-fx-background-color: %s; -fx-text-fill: %s;"
            .formatted(Palette.css(color), Palette.css(Palette.inkOn(color))));
    return chip;
  }

  /** Returns a control under its name. */
  public static VBox field(String name, Node control) {
    return new VBox(3, fixed(name, "caption"), control);
  }
}
