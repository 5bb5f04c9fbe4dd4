package org.edgeld.workbench.ui.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Executor;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.compare.StrategyComparison;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.ui.cluster.ClusterSelection;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.edgeld.workbench.ui.plan.PlanningViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.words.Figures;

/** Compares the plans of all strategies, and chooses one. */
public final class ComparisonViewModel {
  private final StrategyComparison comparison;
  private final PlanningViewModel planning;
  private final ExperimentViewModel experiment;
  private final ReadOnlyObjectProperty<ClusterSelection> cluster;
  private final JobViewModel job;
  private final Executor ui;
  private final ReadOnlyObjectWrapper<Optional<Comparison>> shown =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * @param planner makes the plans
   * @param planning knows what is asked for
   * @param experiment the researcher's choices
   * @param cluster the agents that take part
   * @param job runs the comparison
   * @param ui runs tasks on the window's thread
   */
  public ComparisonViewModel(
      Planner planner,
      PlanningViewModel planning,
      ExperimentViewModel experiment,
      ReadOnlyObjectProperty<ClusterSelection> cluster,
      JobViewModel job,
      Executor ui) {
    this.comparison = new StrategyComparison(planner);
    this.planning = planning;
    this.experiment = experiment;
    this.cluster = cluster;
    this.job = job;
    this.ui = ui;
  }

  /** Plans with every strategy for the present choices, and shows the plans. */
  public void compare() {
    ExperimentOptions options = experiment.optionsProperty().get();
    ClusterSelection selection = cluster.get();
    List<String> strategies = experiment.strategies().stream().map(SplitStrategy::id).toList();
    job.start(
        "Comparing strategies…",
        monitor -> {
          PlanRequest request = planning.request(options, selection);
          Comparison compared = comparison.compare(request, strategies, monitor);
          ui.execute(() -> shown.set(Optional.of(compared)));
        });
  }

  /** Plans with a strategy and the options it was compared with from now on, if it has a plan. */
  public void choose(Outcome outcome) {
    if (outcome instanceof Outcome.Planned) {
      experiment
          .strategyOptions()
          .replace(outcome.strategy(), outcome.request().method().options());
      experiment.strategies().stream()
          .filter(strategy -> strategy.id().equals(outcome.strategy()))
          .forEach(experiment.strategyProperty()::set);
    }
  }

  /** The newest comparison; empty before there was one. */
  public ReadOnlyObjectProperty<Optional<Comparison>> comparisonProperty() {
    return shown.getReadOnlyProperty();
  }

  /** Id of the chosen strategy. */
  public ObservableValue<String> strategyProperty() {
    return experiment.strategyProperty().map(SplitStrategy::id);
  }

  /** Whether a comparison cannot be started now. */
  public ObservableValue<Boolean> busyProperty() {
    return job.runningProperty().map(running -> running);
  }

  /** What the comparison rests on, and whether it is for the present choices, in few words. */
  public ObservableValue<String> captionProperty() {
    return Bindings.createStringBinding(
        () -> shown.get().map(this::caption).orElse(""), shown, planning.planProperty());
  }

  private String caption(Comparison compared) {
    Optional<ShownPlan> plan = planning.planProperty().get();
    boolean outdated =
        plan.isPresent() && !sameBut(compared.request(), plan.get().planned().request());
    if (outdated) {
      return "of other choices; compare again (Ctrl+K)";
    }
    return plan.map(ShownPlan::provenance).orElse("");
  }

  /** Tells whether requests differ in nothing but the strategy and its options. */
  private static boolean sameBut(PlanRequest one, PlanRequest other) {
    return one.with("", one.method().fusion()).equals(other.with("", other.method().fusion()));
  }

  /** Returns the name of an outcome's strategy. */
  public String title(Outcome outcome) {
    return experiment.strategyTitle(outcome.strategy());
  }

  /** Returns the predicted speedup of an outcome over the head alone, in words. */
  public String speedup(Outcome outcome) {
    OptionalDouble speedup =
        outcome instanceof Outcome.Planned planned
            ? shown.get().map(c -> c.speedup(planned)).orElseGet(OptionalDouble::empty)
            : OptionalDouble.empty();
    return speedup.isPresent() ? Figures.factor(speedup.getAsDouble()) : "–";
  }

  /** Returns why some strategies have no plan, a sentence each; empty if all have one. */
  public String reasons() {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : shown.get().map(Comparison::outcomes).orElse(List.of())) {
      if (outcome instanceof Outcome.Infeasible none) {
        text.append(text.isEmpty() ? "" : "\n")
            .append("%s has no plan: %s".formatted(title(none), none.reason()));
      }
    }
    return text.toString();
  }
}
