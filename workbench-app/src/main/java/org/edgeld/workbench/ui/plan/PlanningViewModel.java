package org.edgeld.workbench.ui.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.ui.cluster.ClusterSelection;
import org.edgeld.workbench.ui.cluster.Paper;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.NetworkChoice;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/** Plans again after every change, off the window's thread; a change overtakes those before it. */
public final class PlanningViewModel {
  private static final String REMOTE_STRATEGY = "remote";

  private final Planner planner;
  private final ProfileBook profiles;
  private final LatestOnly worker;
  private final Executor ui;
  private final ReadOnlyObjectWrapper<Optional<ShownPlan>> plan =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyObjectWrapper<Optional<Model>> network =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
  private final Map<String, Model> models = new HashMap<>();

  /**
   * @param planner makes plans
   * @param profiles measured so far
   * @param background where planning runs
   * @param ui runs tasks on the window's thread
   */
  public PlanningViewModel(
      Planner planner, ProfileBook profiles, Executor background, Executor ui) {
    this.planner = planner;
    this.profiles = profiles;
    this.worker = new LatestOnly(background);
    this.ui = ui;
  }

  /** Plans soon for these choices and agents. */
  public void replan(ExperimentOptions options, ClusterSelection cluster) {
    worker.submit(
        () -> {
          try {
            Model model = model(options.model(), options.inputSize());
            ui.execute(() -> network.set(Optional.of(model)));
            ShownPlan shown = compute(options, cluster);
            ui.execute(() -> show(Optional.of(shown), ""));
          } catch (InfeasiblePlanException | RuntimeException e) {
            String sentence = Failures.sentence(e);
            ui.execute(() -> show(Optional.empty(), sentence));
          }
        });
  }

  private void show(Optional<ShownPlan> shown, String sentence) {
    problem.set(sentence);
    plan.set(shown);
  }

  /**
   * Plans now; for background threads.
   *
   * @throws InfeasiblePlanException with a sentence for the user
   */
  public ShownPlan compute(ExperimentOptions options, ClusterSelection cluster)
      throws InfeasiblePlanException {
    Model model = model(options.model(), options.inputSize());
    KnownDevices known = known(model, cluster);
    PlanRequest request = request(model, known, options, cluster);
    PlannedRun planned = plan(request, options);
    return ShownPlan.of(model, planned, remote(request), known, options.loaded().isPresent());
  }

  private PlannedRun plan(PlanRequest request, ExperimentOptions options)
      throws InfeasiblePlanException {
    if (options.loaded().isEmpty()) {
      return planner.plan(request);
    }
    try {
      return planner.predict(
          asLoaded(request, options), options.loaded().get().plan().plan(), JobMonitor.SILENT);
    } catch (JobCancelledException e) {
      throw new IllegalStateException("Nobody could cancel this plan.", e);
    }
  }

  /**
   * Returns the request of the plan that was loaded, for the devices of another.
   *
   * @throws InfeasiblePlanException if the plan is for another number of devices
   */
  static PlanRequest asLoaded(PlanRequest request, ExperimentOptions options)
      throws InfeasiblePlanException {
    SavedPlan saved = options.loaded().orElseThrow().plan();
    int wanted = saved.plan().devices();
    int there = request.profile().size();
    if (wanted != there) {
      throw new InfeasiblePlanException(
          "The devices of the plan %s (%d) are not as many as take part (%d). Maybe tick %d agents."
              .formatted(options.loaded().get().file(), wanted, there, wanted));
    }
    return saved.request(request.profile()).with(options.method().precision());
  }

  private KnownDevices known(Model model, ClusterSelection cluster) throws InfeasiblePlanException {
    if (cluster.paper().isPresent()) {
      Paper paper = cluster.paper().get();
      ClusterProfile profile =
          paper
              .profile(model.graph())
              .orElseThrow(() -> new InfeasiblePlanException(paper.missing(model.id())));
      return new KnownDevices(profile, false, false, Optional.of(paper.title()));
    }
    boolean nobody = cluster.nobody();
    List<AgentInfo> agents = nobody ? EstimatedProfile.exampleDevices() : cluster.infos();
    return profiles
        .find(model.graph(), agents)
        .map(named -> new KnownDevices(named.profile(), false, false, named.name()))
        .orElseGet(
            () ->
                new KnownDevices(
                    EstimatedProfile.of(model.graph(), agents), true, nobody, Optional.empty()));
  }

  /** Returns what is asked for; the profile is estimated if none was measured. Takes a while. */
  public PlanRequest request(ExperimentOptions options, ClusterSelection cluster)
      throws InfeasiblePlanException {
    Model model = model(options.model(), options.inputSize());
    return request(model, known(model, cluster), options, cluster);
  }

  private static PlanRequest request(
      Model model, KnownDevices known, ExperimentOptions options, ClusterSelection cluster) {
    return new PlanRequest(model.graph(), known.profile(), cluster.head(), options.method());
  }

  /** Predicts EdgeLD's reference, one remote device with its transfer. */
  private Optional<Long> remote(PlanRequest request) {
    if (request.profile().size() < 2) {
      return Optional.empty();
    }
    try {
      PlannedRun planned = planner.plan(request.baseline(REMOTE_STRATEGY));
      return Optional.of(planned.prediction().latencyNanos());
    } catch (InfeasiblePlanException e) {
      return Optional.empty(); // the plan itself is worth showing without it
    }
  }

  /** Returns a network, made once per size. */
  public Model model(NetworkChoice choice, int inputSize) {
    if (choice.sizes().isEmpty()) {
      return choice.create(inputSize);
    }
    synchronized (models) {
      return models.computeIfAbsent(choice.id() + "@" + inputSize, key -> choice.create(inputSize));
    }
  }

  /** The newest plan; empty while there is none or the choices allow none. */
  public ReadOnlyObjectProperty<Optional<ShownPlan>> planProperty() {
    return plan.getReadOnlyProperty();
  }

  /** The network of the newest choices, also if they allow no plan; empty before there is one. */
  public ReadOnlyObjectProperty<Optional<Model>> modelProperty() {
    return network.getReadOnlyProperty();
  }

  /** Why there is no plan, in a sentence; empty if there is one. */
  public ReadOnlyStringProperty problemProperty() {
    return problem.getReadOnlyProperty();
  }
}
