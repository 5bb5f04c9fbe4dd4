package org.edgeld.workbench.ui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.List;
import javafx.application.Application;
import javafx.scene.Parent;
import javafx.scene.text.Font;

/** Applies style sheets and fonts. */
public final class Themes {
  /** Families in order of preference; the README's commands install the first. */
  private static final List<String> FAMILIES =
      List.of("Inter", "Segoe UI", "Helvetica Neue", "Noto Sans", "Cantarell", "DejaVu Sans");

  private static final String SHEET = "/org/edgeld/workbench/ui/workbench.css";
  private static final String DARK_CLASS = "dark";

  private Themes() {}

  /** Returns the first preferred font family that is installed. */
  public static String fontFamily() {
    List<String> installed = Font.getFamilies();
    return FAMILIES.stream()
        .filter(installed::contains)
        .findFirst()
        .orElseGet(() -> Font.getDefault().getFamily());
  }

  /** Styles {@code root} and everything below it, now and whenever the theme changes. */
  public static void install(Parent root, ThemeViewModel theme) {
    root.getStylesheets().add(Themes.class.getResource(SHEET).toExternalForm());
    root.setStyle("-fx-font-family: \"" + theme.styleProperty().get().fontFamily() + "\";");
    theme.darkProperty().addListener((o, was, is) -> apply(root, is));
    apply(root, theme.darkProperty().get());
  }

  private static void apply(Parent root, boolean dark) {
    Application.setUserAgentStylesheet(
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet());
    root.getStyleClass().remove(DARK_CLASS);
    if (dark) {
      root.getStyleClass().add(DARK_CLASS);
    }
  }
}
