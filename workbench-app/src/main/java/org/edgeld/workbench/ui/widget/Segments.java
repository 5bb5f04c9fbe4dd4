package org.edgeld.workbench.ui.widget;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.Property;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/**
 * Buttons beside each other, of which exactly one is pressed.
 *
 * @param <T> what a button stands for
 */
public final class Segments<T> extends HBox {
  /**
   * What a button says.
   *
   * @param value what it stands for
   * @param id of the button's node
   * @param title on the button
   * @param explanation as its tooltip
   * @param <T> type of the value
   */
  public record Segment<T>(T value, String id, String title, String explanation) {}

  /** Binds buttons to a property in both directions. */
  public Segments(Property<T> property, List<Segment<T>> segments) {
    ToggleGroup group = new ToggleGroup();
    for (int i = 0; i < segments.size(); i++) {
      Segment<T> segment = segments.get(i);
      ToggleButton button = new ToggleButton(segment.title());
      button.setId(segment.id());
      button.setMinWidth(Region.USE_PREF_SIZE);
      button.setTooltip(Widgets.tooltip(segment.explanation()));
      button.setToggleGroup(group);
      button.setUserData(segment.value());
      button.getStyleClass().add(pill(i, segments.size()));
      button.setSelected(segment.value().equals(property.getValue()));
      button.setOnAction(
          event -> {
            button.setSelected(true);
            property.setValue(segment.value());
          });
      getChildren().add(button);
    }
    property.addListener(
        (o, was, is) ->
            group.getToggles().stream()
                .filter(toggle -> toggle.getUserData().equals(is))
                .forEach(group::selectToggle));
    getStyleClass().add("segments");
  }

  private static String pill(int i, int count) {
    return i == 0 ? Styles.LEFT_PILL : i == count - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL;
  }

  /** Returns segments for values that name themselves. */
  public static <T> List<Segment<T>> of(
      List<T> values,
      Function<T, String> id,
      Function<T, String> title,
      Function<T, String> explanation) {
    return values.stream()
        .map(v -> new Segment<>(v, id.apply(v), title.apply(v), explanation.apply(v)))
        .toList();
  }
}
