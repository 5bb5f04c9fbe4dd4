package org.edgeld.workbench.ui.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.prefs.Preferences;

/** Settings kept in the user's {@link Preferences}. */
public final class PreferencesSettings implements UiSettings {
  private static final String DARK = "dark";
  private static final String PROFILE = "profile.";
  private static final int MOST_PROFILES = 64;

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

  @Override
  public List<String> recentProfiles() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < MOST_PROFILES; i++) {
      String text = node.get(PROFILE + i, "");
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  @Override
  public void recentProfiles(List<String> texts) {
    List<String> kept =
        texts.stream().filter(text -> text.length() <= Preferences.MAX_VALUE_LENGTH).toList();
    for (int i = 0; i < MOST_PROFILES; i++) {
      if (i < kept.size()) {
        node.put(PROFILE + i, kept.get(i));
      } else {
        node.remove(PROFILE + i);
      }
    }
  }
}
