package org.edgeld.workbench.ui.theme;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.edgeld.workbench.chart.ChartStyle;
import org.edgeld.workbench.chart.Palette;
import org.edgeld.workbench.ui.settings.UiSettings;

/** Light or dark, remembered. */
public final class ThemeViewModel {
  private final BooleanProperty dark = new SimpleBooleanProperty();
  private final ReadOnlyObjectWrapper<ChartStyle> style = new ReadOnlyObjectWrapper<>();

  /**
   * @param settings remembers the theme
   * @param fontFamily family of all text
   */
  public ThemeViewModel(UiSettings settings, String fontFamily) {
    dark.addListener(
        (o, was, is) -> {
          settings.dark(is);
          style.set(new ChartStyle(Palette.of(is), fontFamily));
        });
    style.set(new ChartStyle(Palette.of(false), fontFamily));
    dark.set(settings.dark());
  }

  public BooleanProperty darkProperty() {
    return dark;
  }

  /** Colours and font of everything painted. */
  public ReadOnlyObjectProperty<ChartStyle> styleProperty() {
    return style.getReadOnlyProperty();
  }
}
