package org.edgeld.workbench.ui;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.model.Model;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.KeptRun;
import org.edgeld.workbench.history.Rerun;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.refine.PlanRefinement;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunDetails;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.ui.boards.BoardsViewModel;
import org.edgeld.workbench.ui.boards.RecentProfile;
import org.edgeld.workbench.ui.cluster.AgentFigures;
import org.edgeld.workbench.ui.cluster.ClusterSelection;
import org.edgeld.workbench.ui.cluster.ClusterViewModel;
import org.edgeld.workbench.ui.compare.ComparisonViewModel;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.experiment.InputViewModel;
import org.edgeld.workbench.ui.export.ExportViewModel;
import org.edgeld.workbench.ui.files.SavedFilesViewModel;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.edgeld.workbench.ui.modelfile.ModelFileViewModel;
import org.edgeld.workbench.ui.picture.InputPicture;
import org.edgeld.workbench.ui.plan.MeasuringViewModel;
import org.edgeld.workbench.ui.plan.PlanningViewModel;
import org.edgeld.workbench.ui.plan.ProfileBook;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RerunViewModel;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.runs.RunsViewModel;
import org.edgeld.workbench.ui.sweep.SweepViewModel;

/**
 * The whole window's state and commands: it joins the features, which do not know each other. Used
 * on the window's thread.
 */
public final class WorkbenchViewModel {
  /** Seed of the order in which configurations are interleaved, and of synthetic input. */
  public static final long SEED = 42;

  private final UiServices services;
  private final Executor ui;
  private final ProfileBook profiles = new ProfileBook();
  private final BannerViewModel banner = new BannerViewModel();
  private final JobViewModel job;
  private final ExperimentViewModel experiment;
  private final InputViewModel input;
  private final ClusterViewModel cluster;
  private final PlanningViewModel planning;
  private final MeasuringViewModel measuring;
  private final SavedFilesViewModel savedFiles;
  private final BoardsViewModel boards;
  private final ComparisonViewModel comparison;
  private final RunsViewModel runs;
  private final RerunViewModel rerun;
  private final ExportViewModel export;
  private final ModelFileViewModel modelFiles;
  private final SweepViewModel sweep;
  private final ReadOnlyObjectWrapper<Optional<ShownPlan>> shown =
      new ReadOnlyObjectWrapper<>(Optional.empty());

  /**
   * @param services what the window works with
   * @param ui runs tasks on the window's thread
   */
  public WorkbenchViewModel(UiServices services, Executor ui) {
    this.services = services;
    this.ui = ui;
    Executor background = services.executor();
    this.job = new JobViewModel(background, ui, banner);
    this.experiment =
        new ExperimentViewModel(services.models(), services.strategies(), services.schemes());
    this.input = new InputViewModel(experiment.modelProperty(), SEED);
    this.modelFiles =
        new ModelFileViewModel(
            services.importer(), job, banner, ui, experiment::choose, this::openSaved);
    this.cluster = new ClusterViewModel(services.directory(), job, background, ui);
    this.planning = new PlanningViewModel(services.planner(), profiles, background, ui);
    this.measuring =
        new MeasuringViewModel(
            services.profiler(),
            new PlanRefinement(services.planner(), services.refiner()),
            profiles,
            planning,
            job,
            banner,
            ui);
    this.savedFiles =
        new SavedFilesViewModel(
            experiment, cluster, planning, profiles, job, banner, ui, this::remember);
    this.boards = new BoardsViewModel(services.settings(), cluster, this::openSaved);
    this.comparison =
        new ComparisonViewModel(
            services.planner(), planning, experiment, cluster.selectionProperty(), job, ui);
    RunLoader loader =
        new RunLoader(
            services.history(), services.models(), services.importer(), services.planner());
    this.runs = new RunsViewModel(services.history(), loader, background, ui, banner);
    this.rerun =
        new RerunViewModel(
            new Rerun(loader, services.profiler(), services.planner(), services.runner()),
            loader,
            runs,
            () -> cluster.selectionProperty().get().agents(),
            job,
            banner,
            ui);
    this.export = new ExportViewModel(runs, shown.getReadOnlyProperty(), job, services.clock(), ui);
    this.sweep = new SweepViewModel(services.sweepTools(), job, banner, background, ui);
    experiment.optionsProperty().addListener((o, was, is) -> choicesChanged());
    cluster.selectionProperty().addListener((o, was, is) -> choicesChanged());
    planning.planProperty().addListener((o, was, is) -> showNewest());
    runs.selectedProperty().addListener((o, was, is) -> showNewest());
    replan();
  }

  private void remember(SavedFilesViewModel.OpenedProfile profile) {
    boards.remember(new RecentProfile.InFile(profile.title(), profile.model(), profile.file()));
  }

  private void openSaved(Path file) {
    savedFiles.open(file, this::choicesChanged);
  }

  private void choicesChanged() {
    runs.showPlan();
    replan();
  }

  private void replan() {
    planning.replan(experiment.optionsProperty().get(), cluster.selectionProperty().get());
  }

  private void showNewest() {
    Optional<ShownPlan> run = runs.selectedProperty().get().map(RunEntry::shown);
    Optional<ShownPlan> now = run.isPresent() ? run : planning.planProperty().get();
    now.ifPresent(
        plan ->
            cluster.showFigures(
                plan.estimated() ? Map.of() : AgentFigures.of(plan.planned().request())));
    shown.set(now);
  }

  /** Looks for agents, and for runs that other windows kept. */
  public void refresh() {
    cluster.refresh();
    runs.refresh();
  }

  /** Measures devices and links for the chosen model. */
  public void profile() {
    measuring.profile(wanted(), this::choicesChanged);
  }

  /** Times the plan's own steps on the agents and plans again, until that changes nothing. */
  public void refine() {
    measuring.refine(wanted(), this::choicesChanged);
  }

  private MeasuringViewModel.Wanted wanted() {
    return MeasuringViewModel.Wanted.of(experiment.optionsProperty(), cluster.selectionProperty());
  }

  /** Profiles if nobody did, plans, runs the plan and both baselines, and shows the result. */
  public void run() {
    MeasuringViewModel.Wanted wanted = wanted();
    InputPicture picture = input.pictureProperty().get();
    RunDetails details =
        new RunDetails(
            experiment.schemeProperty().get().map(scheme -> scheme.id()),
            picture.title(),
            experiment.warmupProperty().get(),
            experiment.repeatsProperty().get(),
            SEED);
    Batch batch = experiment.batch().batchProperty().get();
    if (measuring.agentsThere(wanted)) {
      job.start("Preparing the run…", monitor -> perform(wanted, picture, details, batch, monitor));
    }
  }

  /** Stops what is under way: a sweep, or another job. */
  public void cancel() {
    sweep.cancel();
    job.cancel();
  }

  private void perform(
      MeasuringViewModel.Wanted wanted,
      InputPicture picture,
      RunDetails details,
      Batch batch,
      JobMonitor monitor)
      throws Exception {
    ExperimentOptions options = wanted.options();
    ClusterSelection selection = wanted.selection();
    Model model = planning.model(options.model(), options.inputSize());
    HostTensor tensor = picture.read(model);
    monitor.checkCancelled();
    measuring.measureIfUnknown(wanted, monitor);
    ShownPlan plan = planning.compute(options, selection);
    Runner.Completed completed =
        services
            .runner()
            .run(
                new RunRequest(
                    model,
                    plan.planned(),
                    selection.agents(),
                    tensor,
                    details.warmup(),
                    details.repeats(),
                    details.seed(),
                    batch),
                monitor);
    keep(options, picture, tensor, new ReportedRun(completed.result(), details), completed, model);
  }

  private void keep(
      ExperimentOptions options,
      InputPicture picture,
      HostTensor tensor,
      ReportedRun report,
      Runner.Completed completed,
      Model model) {
    KeptRun kept =
        new KeptRun(
            report,
            options.model().source(),
            picture instanceof InputPicture.Noise ? Optional.empty() : Optional.of(tensor),
            picture.preview(),
            completed.outputs(),
            OptionalInt.empty());
    HistoryItem item = runs.keep(kept);
    RunEntry entry = RunEntry.of(model, item.number(), kept);
    ui.execute(
        () -> {
          replan();
          runs.add(item, entry);
        });
  }

  public BannerViewModel banner() {
    return banner;
  }

  public JobViewModel job() {
    return job;
  }

  public ExperimentViewModel experiment() {
    return experiment;
  }

  public InputViewModel input() {
    return input;
  }

  public ModelFileViewModel modelFiles() {
    return modelFiles;
  }

  public ClusterViewModel cluster() {
    return cluster;
  }

  public PlanningViewModel planning() {
    return planning;
  }

  /** Boards that are typed in, and profiles that were used before. */
  public BoardsViewModel boards() {
    return boards;
  }

  public ComparisonViewModel comparison() {
    return comparison;
  }

  public RunsViewModel runs() {
    return runs;
  }

  /** What repeats runs. */
  public RerunViewModel rerun() {
    return rerun;
  }

  public ExportViewModel export() {
    return export;
  }

  public SweepViewModel sweep() {
    return sweep;
  }

  /** What the window shows: the selected run, or the plan of the present choices. */
  public ReadOnlyObjectProperty<Optional<ShownPlan>> shownProperty() {
    return shown.getReadOnlyProperty();
  }
}
