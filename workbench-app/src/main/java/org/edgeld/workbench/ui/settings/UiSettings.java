package org.edgeld.workbench.ui.settings;

/** What the window remembers from one start to the next. */
public interface UiSettings {
  /** Tells whether the dark theme is on. */
  boolean dark();

  /** Remembers the theme. */
  void dark(boolean dark);

  /** Returns settings that forget everything when the window closes. */
  static UiSettings transientSettings() {
    return new UiSettings() {
      private boolean dark;

      @Override
      public boolean dark() {
        return dark;
      }

      @Override
      public void dark(boolean value) {
        dark = value;
      }
    };
  }
}
