package org.edgeld.workbench.ui.timeline;

import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.chart.timeline.TimelineChart;
import org.edgeld.workbench.trace.Trace;
import org.edgeld.workbench.ui.plan.ShownPlan;

/** Which traces the timeline shows. */
public final class TimelineViewModel {
  /** Which traces are shown. */
  public enum Mode {
    PREDICTED,
    MEASURED,
    BOTH
  }

  private final ObservableValue<Optional<ShownPlan>> shown;
  private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.PREDICTED);
  private final ObjectBinding<Optional<TimelineChart>> chart;

  /**
   * @param shown what the window shows
   */
  public TimelineViewModel(ObservableValue<Optional<ShownPlan>> shown) {
    this.shown = shown;
    this.chart =
        Bindings.createObjectBinding(
            () -> shown.getValue().map(plan -> chart(plan, mode.get())), shown, mode);
    shown.addListener((o, was, is) -> follow(was, is));
  }

  /** A run that is shown anew brings its measurement into view. */
  private void follow(Optional<ShownPlan> was, Optional<ShownPlan> is) {
    boolean measuredBefore = was.map(plan -> plan.run().isPresent()).orElse(false);
    boolean measuredNow = is.map(plan -> plan.run().isPresent()).orElse(false);
    if (measuredNow && !measuredBefore && mode.get() == Mode.PREDICTED) {
      mode.set(Mode.MEASURED);
    } else if (!measuredNow) {
      mode.set(Mode.PREDICTED);
    }
  }

  private static TimelineChart chart(ShownPlan plan, Mode mode) {
    List<String> names = plan.devices().stream().map(AgentInfo::name).toList();
    Trace predicted = plan.planned().prediction();
    Optional<Trace> measured = plan.run().map(run -> run.result().medianTrace());
    Trace first = mode == Mode.PREDICTED ? predicted : measured.orElse(predicted);
    Optional<Trace> second =
        mode == Mode.BOTH && measured.isPresent() ? Optional.of(predicted) : Optional.empty();
    return new TimelineChart(plan.planned(), names, first, second);
  }

  /** The timeline; empty without a plan. */
  public ObservableValue<Optional<TimelineChart>> chartProperty() {
    return chart;
  }

  public ObjectProperty<Mode> modeProperty() {
    return mode;
  }

  /** Returns whether there is a measurement to show. */
  public ObservableValue<Boolean> measuredProperty() {
    return shown.map(plan -> plan.flatMap(ShownPlan::run).isPresent());
  }

  /** Returns what is shown, in few words. */
  public ObservableValue<String> captionProperty() {
    return Bindings.createStringBinding(
        () ->
            shown
                .getValue()
                .map(
                    plan ->
                        switch (mode.get()) {
                          case PREDICTED ->
                              plan.run().isPresent() ? "predicted" : plan.provenance();
                          case MEASURED -> "median frame";
                          case BOTH -> "predicted below";
                        })
                .orElse(""),
        shown,
        mode);
  }
}
