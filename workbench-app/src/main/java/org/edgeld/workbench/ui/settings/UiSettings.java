package org.edgeld.workbench.ui.settings;

import java.util.List;

/** What the window remembers from one start to the next. */
public interface UiSettings {
  /** Tells whether the dark theme is on. */
  boolean dark();

  /** Remembers the theme. */
  void dark(boolean dark);

  /** Returns profiles that were used, the newest first, as texts that the window wrote. */
  List<String> recentProfiles();

  /** Remembers profiles in place of those before; one that is too long is left out. */
  void recentProfiles(List<String> texts);

  /** Returns settings that forget everything when the window closes. */
  static UiSettings transientSettings() {
    return new UiSettings() {
      private boolean dark;
      private List<String> recent = List.of();

      @Override
      public boolean dark() {
        return dark;
      }

      @Override
      public void dark(boolean value) {
        dark = value;
      }

      @Override
      public List<String> recentProfiles() {
        return recent;
      }

      @Override
      public void recentProfiles(List<String> texts) {
        recent = List.copyOf(texts);
      }
    };
  }
}
