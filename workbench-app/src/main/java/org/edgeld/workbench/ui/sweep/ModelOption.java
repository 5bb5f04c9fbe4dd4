package org.edgeld.workbench.ui.sweep;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/**
 * A network that a sweep may measure.
 *
 * @param option the network; its id is a name or the path of a file
 * @param sizes height and width of its input in pixels, several with commas; empty for its own
 * @param hint the size that it has if none is named, in words
 */
public record ModelOption(Option option, StringProperty sizes, String hint) {
  ModelOption(Option option, String hint) {
    this(option, new SimpleStringProperty(""), hint);
  }
}
