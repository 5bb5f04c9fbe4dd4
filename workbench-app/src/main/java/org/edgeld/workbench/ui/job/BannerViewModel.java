package org.edgeld.workbench.ui.job;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** The last failure in plain words, until it is dismissed. Used on the window's thread only. */
public final class BannerViewModel {
  private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper shown = new ReadOnlyBooleanWrapper(false);

  /** Shows a failure in place of an earlier one. */
  public void show(String sentence) {
    message.set(sentence);
    shown.set(true);
  }

  /** Takes the banner away. */
  public void dismiss() {
    shown.set(false);
    message.set("");
  }

  public ReadOnlyStringProperty messageProperty() {
    return message.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty shownProperty() {
    return shown.getReadOnlyProperty();
  }
}
