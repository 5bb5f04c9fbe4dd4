package org.edgeld.workbench.ui.cluster;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.cluster.PerDevice;

/** What is typed into the dialog for a local cluster. */
public final class LocalClusterForm {
  private final StringProperty agents = new SimpleStringProperty("4");
  private final StringProperty sharePercent = new SimpleStringProperty("35");
  private final StringProperty link = new SimpleStringProperty("1000");
  private final StringProperty delay = new SimpleStringProperty("0");

  public StringProperty agentsTextProperty() {
    return agents;
  }

  public StringProperty sharePercentProperty() {
    return sharePercent;
  }

  public StringProperty linkProperty() {
    return link;
  }

  public StringProperty delayProperty() {
    return delay;
  }

  /**
   * Returns what was asked for.
   *
   * @throws IllegalArgumentException with a sentence for the user if an entry makes no sense
   */
  public LocalClusterSpec spec() {
    int count = (int) number("number of agents", agents.get(), 1, 16);
    PerDevice percent = dealt("CPU share", sharePercent.get(), 1, 100, count);
    PerDevice mbits = dealt("link rate", link.get(), 0, 100_000, count);
    double millis = number("link delay", delay.get(), 0, 10_000);
    return LocalClusterSpec.of(
        count,
        i ->
            new Emulation(
                percent.of(i) / 100, Math.round(mbits.of(i) * 1e6), Math.round(millis * 1e6), 0),
        1);
  }

  /** Reads a number for all agents, or several that are dealt out to them in turn. */
  private static PerDevice dealt(String what, String text, double min, double max, int agents) {
    List<Double> values = new ArrayList<>();
    for (String word : text.split("/", -1)) {
      values.add(number(what, word, min, max));
    }
    if (values.size() > agents) {
      throw new IllegalArgumentException(
          "The %s has %d numbers for %d agents. Maybe leave some out."
              .formatted(what, values.size(), agents));
    }
    return new PerDevice(values);
  }

  private static double number(String what, String text, double min, double max) {
    double value;
    try {
      value = Double.parseDouble(text.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The %s (\"%s\") is not a number. Maybe use digits only.".formatted(what, text), e);
    }
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          "The %s (%s) is out of range. Maybe use %.0f to %.0f.".formatted(what, text, min, max));
    }
    return value;
  }
}
