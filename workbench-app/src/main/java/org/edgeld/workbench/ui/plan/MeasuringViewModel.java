package org.edgeld.workbench.ui.plan;

import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.refine.PlanRefinement;
import org.edgeld.workbench.ui.cluster.ClusterSelection;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;

/** Measures the agents: layers and links, and the steps of the plan that is shown. */
public final class MeasuringViewModel {
  /** How often refining plans again; mostly planning rests before. */
  private static final int ROUNDS = 4;

  private final Profiler profiler;
  private final PlanRefinement refinement;
  private final ProfileBook profiles;
  private final PlanningViewModel planning;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;

  /**
   * The choices at one moment.
   *
   * @param options what is asked for
   * @param selection the agents that take part
   */
  public record Wanted(ExperimentOptions options, ClusterSelection selection) {
    /** Returns what is chosen now. */
    public static Wanted of(
        ReadOnlyObjectProperty<ExperimentOptions> options,
        ReadOnlyObjectProperty<ClusterSelection> selection) {
      return new Wanted(options.get(), selection.get());
    }
  }

  /**
   * @param profiler measures layers and links
   * @param refinement measures steps
   * @param profiles where it is kept
   * @param planning knows what is asked for
   * @param job shows progress and cancels
   * @param banner says what is missing
   * @param ui runs tasks on the window's thread
   */
  public MeasuringViewModel(
      Profiler profiler,
      PlanRefinement refinement,
      ProfileBook profiles,
      PlanningViewModel planning,
      JobViewModel job,
      BannerViewModel banner,
      Executor ui) {
    this.profiler = profiler;
    this.refinement = refinement;
    this.profiles = profiles;
    this.planning = planning;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
  }

  /** Measures devices and links, and then does something on the window's thread. */
  public void profile(Wanted wanted, Runnable then) {
    if (agentsThere(wanted)) {
      job.start(
          "Profiling the agents…",
          monitor -> {
            measure(wanted, monitor);
            ui.execute(then);
          });
    }
  }

  /**
   * Times the plan's own steps and plans again until that changes nothing, or only times them if
   * the plan is from a file; and then does something on the window's thread.
   */
  public void refine(Wanted wanted, Runnable then) {
    if (agentsThere(wanted)) {
      job.start(
          "Refining the plan…",
          monitor -> {
            measureIfUnknown(wanted, monitor);
            ModelGraph graph = model(wanted).graph();
            profiles.keep(graph, refined(wanted, monitor).request().profile());
            ui.execute(then);
          });
    }
  }

  private PlannedRun refined(Wanted wanted, JobMonitor monitor) throws Exception {
    ExperimentOptions options = wanted.options();
    ClusterSelection selection = wanted.selection();
    PlanRequest request = planning.request(options, selection);
    return options.loaded().isPresent()
        ? refinement.predict(
            PlanningViewModel.asLoaded(request, options),
            options.loaded().get().plan().plan(),
            selection.agents(),
            monitor)
        : refinement.plan(request, ROUNDS, selection.agents(), monitor);
  }

  /** Tells whether there are agents; if not, the banner says what to do. */
  public boolean agentsThere(Wanted wanted) {
    if (wanted.selection().paper().isPresent()) {
      banner.show(
          "%s is planned for without being here, so there is nothing to run on or to measure. Maybe plan for agents again."
              .formatted(wanted.selection().paper().get().title()));
      return false;
    }
    if (wanted.selection().agents().isEmpty()) {
      banner.show(
          "There is no agent to run on. Maybe start a local cluster (Ctrl+L) or tick an agent.");
      return false;
    }
    return true;
  }

  /** Measures what nobody measured yet; for background threads. */
  public void measureIfUnknown(Wanted wanted, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    if (profiles.find(model(wanted).graph(), wanted.selection().infos()).isEmpty()) {
      measure(wanted, monitor);
    }
  }

  private void measure(Wanted wanted, JobMonitor monitor)
      throws ClusterException, JobCancelledException {
    ModelGraph graph = model(wanted).graph();
    profiles.keep(graph, profiler.profile(graph, wanted.selection().agents(), monitor));
  }

  private Model model(Wanted wanted) {
    return planning.model(wanted.options().model(), wanted.options().inputSize());
  }
}
