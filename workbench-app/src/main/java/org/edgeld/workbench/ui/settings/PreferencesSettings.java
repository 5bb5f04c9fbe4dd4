package org.edgeld.workbench.ui.settings;

import java.util.prefs.Preferences;

/** Settings kept in the user's {@link Preferences}. */
public final class PreferencesSettings implements UiSettings {
  private static final String DARK = "dark";

  private final Preferences node;

  /**
   * @param node where the settings are kept
   */
  public PreferencesSettings(Preferences node) {
    this.node = node;
  }

  @Override
  public boolean dark() {
    return node.getBoolean(DARK, false);
  }

  @Override
  public void dark(boolean dark) {
    node.putBoolean(DARK, dark);
  }
}
