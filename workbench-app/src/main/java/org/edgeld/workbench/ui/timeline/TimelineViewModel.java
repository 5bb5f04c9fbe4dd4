package org.edgeld.workbench.ui.timeline;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableValue;
import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.chart.timeline.TimelineChart;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** Which traces the timeline shows: the measured one, or the predicted one while nothing ran. */
public final class TimelineViewModel {
  private final ObservableValue<Optional<ShownPlan>> shown;
  private final BooleanProperty predicted = new SimpleBooleanProperty(false);
  private final ObjectBinding<Optional<TimelineChart>> chart;

  /**
   * @param shown what the window shows
   */
  public TimelineViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.shown = shown;
    this.chart =
        Bindings.createObjectBinding(
            () -> shown.getValue().map(plan -> chart(plan, predicted.get())), shown, predicted);
  }

  private static TimelineChart chart(ShownPlan plan, boolean both) {
    List<String> names = plan.devices().stream().map(AgentInfo::name).toList();
    Trace prediction = plan.planned().prediction();
    Optional<Trace> measured = plan.run().map(run -> run.result().medianTrace());
    return new TimelineChart(
        plan.planned(),
        names,
        measured.orElse(prediction),
        both && measured.isPresent() ? Optional.of(prediction) : Optional.empty());
  }

  /** The timeline; empty without a plan. */
  public ObservableValue<Optional<TimelineChart>> chartProperty() {
    return chart;
  }

  /** Whether the prediction is laid over a measurement. */
  public BooleanProperty predictedProperty() {
    return predicted;
  }

  /** Returns whether there is a measurement to lay it over. */
  public ObservableValue<Boolean> measuredProperty() {
    return shown.map(plan -> plan.flatMap(ShownPlan::run).isPresent());
  }

  /** Returns what is shown, in few words. */
  public ObservableValue<String> captionProperty() {
    return Bindings.createStringBinding(
        () -> shown.getValue().map(this::caption).orElse(""), shown, predicted);
  }

  private String caption(ShownPlan plan) {
    if (plan.run().isEmpty()) {
      return plan.provenance();
    }
    return predicted.get() ? "median frame; predicted as outlines" : "median frame";
  }
}
