package org.edgeld.workbench.ui.sweep;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/** Something that a sweep may measure, chosen or not. */
public final class Option {
  private final String id;
  private final String title;
  private final String explanation;
  private final BooleanProperty chosen = new SimpleBooleanProperty();

  Option(String id, String title, String explanation) {
    this.id = id;
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the name in the file. */
  public String id() {
    return id;
  }

  /** Returns the name in the window. */
  public String title() {
    return title;
  }

  /** Returns what it is, in plain words. */
  public String explanation() {
    return explanation;
  }

  /** Whether it is measured. */
  public BooleanProperty chosenProperty() {
    return chosen;
  }
}
