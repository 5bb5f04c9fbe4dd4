package org.edgeld.workbench.ui.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profilefile.NamedProfile;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.profilefile.ProfileMatch;
import org.edgeld.workbench.ui.cluster.ClusterViewModel;
import org.edgeld.workbench.ui.cluster.Paper;
import org.edgeld.workbench.ui.experiment.ExperimentOptions;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.experiment.LoadedPlan;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.edgeld.workbench.ui.plan.PlanningViewModel;
import org.edgeld.workbench.ui.plan.ProfileBook;

/**
 * Opens plans and profiles from files, for the chosen model. A file that does not fit is refused in
 * a sentence, and everything stays as it was.
 */
public final class SavedFilesViewModel {
  private final ExperimentViewModel experiment;
  private final ClusterViewModel cluster;
  private final PlanningViewModel planning;
  private final ProfileBook profiles;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;
  private final Consumer<OpenedProfile> opened;

  /**
   * A profile that was opened.
   *
   * @param title its name, or its file's
   * @param model id of the network that it is of
   * @param file where it lies
   */
  public record OpenedProfile(String title, String model, Path file) {}

  /**
   * @param experiment takes plans
   * @param cluster the agents that a profile must be of
   * @param planning makes the model
   * @param profiles takes profiles
   * @param job shows progress
   * @param banner says what is wrong
   * @param ui runs tasks on the window's thread
   * @param opened hears of profiles that were opened, on the window's thread
   */
  public SavedFilesViewModel(
      ExperimentViewModel experiment,
      ClusterViewModel cluster,
      PlanningViewModel planning,
      ProfileBook profiles,
      JobViewModel job,
      BannerViewModel banner,
      Executor ui,
      Consumer<OpenedProfile> opened) {
    this.experiment = experiment;
    this.cluster = cluster;
    this.planning = planning;
    this.profiles = profiles;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
    this.opened = opened;
  }

  /**
   * Opens a plan or a profile.
   *
   * @param thenPlan plans again, on the window's thread, when a profile was opened
   */
  public void open(Path file, Runnable thenPlan) {
    ExperimentOptions options = experiment.optionsProperty().get();
    List<AgentInfo> agents =
        cluster.ticked().stream().flatMap(agent -> agent.info().stream()).toList();
    job.start(
        "Opening " + file.getFileName() + "…",
        monitor -> {
          Model model = planning.model(options.model(), options.inputSize());
          String format = JsonDocument.read(file, "file").text("format");
          if (format.equals(PlanFile.FORMAT)) {
            SavedPlan plan = PlanFile.read(file, model.id(), model.graph());
            ui.execute(() -> take(file, plan));
          } else if (format.equals(ProfileFile.FORMAT)) {
            keep(file, model, agents, thenPlan);
          } else {
            throw new JsonDefectException(
                "The file %s (%s) is neither a saved plan nor a saved profile. Maybe it is a result."
                    .formatted(file, format));
          }
        });
  }

  private void take(Path file, SavedPlan plan) {
    try {
      experiment.take(new LoadedPlan(file.getFileName().toString(), plan));
      cluster.makeHead(plan.plan().head()); // the head is part of the plan
    } catch (InfeasiblePlanException e) {
      banner.show(Failures.sentence(e));
    }
  }

  /** A profile of the agents that are there is theirs; any other is planned for on paper. */
  private void keep(Path file, Model model, List<AgentInfo> agents, Runnable thenPlan)
      throws JsonDefectException {
    NamedProfile read = ProfileFile.readNamed(file, model.id(), model.graph());
    String title = read.title(file);
    Optional<ClusterProfile> part =
        agents.isEmpty() ? Optional.empty() : ProfileMatch.part(read.profile(), agents);
    part.ifPresent(own -> profiles.keep(model.graph(), as(own, agents), title));
    ui.execute(
        () -> {
          opened.accept(new OpenedProfile(title, model.id(), file));
          if (part.isPresent()) {
            cluster.planForAgents();
          } else {
            cluster.plan(new Paper.Saved(title, model.id(), model.graph(), read.profile()));
          }
          thenPlan.run();
        });
  }

  /** Returns a profile as that of the agents that are there now, which have other ids. */
  private static ClusterProfile as(ClusterProfile profile, List<AgentInfo> agents) {
    List<DeviceProfile> devices =
        IntStream.range(0, agents.size())
            .mapToObj(i -> as(profile.devices().get(i), agents.get(i)))
            .toList();
    return profile.with(devices);
  }

  private static DeviceProfile as(DeviceProfile device, AgentInfo agent) {
    return new DeviceProfile(
        agent, device.layers(), device.overhead(), device.regression(), device.tiles());
  }
}
