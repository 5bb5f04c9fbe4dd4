package org.edgeld.workbench.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.image.TensorFiles;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.onnx.ImportOptions;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.RunResult;

/**
 * Reads kept runs in full. The network is made again and has to be the same; the plan is compiled
 * again and has to give the same programs; predictions are those of the day of the run.
 */
public final class RunLoader {
  private final RunHistory history;
  private final List<SampleModel> samples;
  private final OnnxImporter importer;
  private final Planner planner;

  /**
   * @param history where the runs are
   * @param samples built-in networks
   * @param importer opens the others
   * @param planner compiles plans again
   */
  public RunLoader(
      RunHistory history, List<SampleModel> samples, OnnxImporter importer, Planner planner) {
    this.history = history;
    this.samples = List.copyOf(samples);
    this.importer = importer;
    this.planner = planner;
  }

  /**
   * Reads a run.
   *
   * @throws HistoryException with a sentence for the user
   */
  public LoadedRun load(int number, JobMonitor monitor)
      throws HistoryException, JobCancelledException {
    HistoryItem item = history.item(number);
    Model model = model(item, monitor);
    RunFiles files = history.files(number);
    try {
      SavedPlan saved = PlanFile.read(files.plan(), model.id(), model.graph());
      ClusterProfile profile =
          as(item, ProfileFile.read(files.profile(), model.id(), model.graph()));
      FramesJson.Content content =
          FramesJson.read(
              JsonDocument.read(files.frames(), "run's frames"), item.head().devices().size());
      PlannedRun planned =
          content
              .prediction()
              .in(
                  planner.predict(
                      saved.request(profile).with(item.head().method().precision()),
                      saved.plan(),
                      monitor));
      requireSamePrograms(item, planned);
      JsonFields json = JsonDocument.read(files.head(), "run");
      RunResult result = result(item, model, planned, content, json);
      return new LoadedRun(
          item,
          model,
          new ReportedRun(result, item.head().details()),
          content.outputs(),
          files.readPicture());
    } catch (JsonDefectException | InfeasiblePlanException e) {
      throw new HistoryException(
          "Run %d cannot be opened: %s".formatted(number, e.getMessage()), e);
    }
  }

  private static RunResult result(
      HistoryItem item,
      Model model,
      PlannedRun planned,
      FramesJson.Content content,
      JsonFields json)
      throws JsonDefectException {
    RunHead head = item.head();
    Map<String, String> environment = json.textByName("environment");
    return new RunResult(
        head.started(),
        model.id(),
        planned,
        head.devices(),
        head.times().latency(),
        head.times().local(),
        head.times().remote(),
        content.remoteDevice(),
        json.wholeLong("bytesMoved", 0),
        content.maxAbsError(),
        content.outputScale(),
        content.top5(),
        content.medianTrace(),
        content.frames(),
        environment,
        json.texts("warnings"),
        head.times().batches());
  }

  private static void requireSamePrograms(HistoryItem item, PlannedRun planned)
      throws HistoryException {
    if (!Digests.of(planned.programs()).equals(item.head().digests().programs())) {
      throw new HistoryException(
          "The plan of run %d is compiled otherwise by this workbench, so its steps cannot be shown. Maybe run its plan again: %s."
              .formatted(item.number(), "plan.json lies in its folder"));
    }
  }

  /** A file does not know which agents it was of; the head does. */
  private static ClusterProfile as(HistoryItem item, ClusterProfile profile)
      throws HistoryException {
    List<AgentInfo> devices = item.head().devices();
    if (profile.size() != devices.size()) {
      throw new HistoryException(
          "The profile of run %d has %d devices, the run %d. Maybe a file was replaced."
              .formatted(item.number(), profile.size(), devices.size()));
    }
    List<DeviceProfile> own = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      DeviceProfile device = profile.devices().get(i);
      own.add(
          new DeviceProfile(
              devices.get(i),
              device.layers(),
              device.overhead(),
              device.regression(),
              device.tiles()));
    }
    return profile.with(own);
  }

  private Model model(HistoryItem item, JobMonitor monitor)
      throws HistoryException, JobCancelledException {
    ModelIdentity wanted = item.head().model();
    Model model =
        wanted.file().isPresent()
            ? imported(item, wanted.file().get(), monitor)
            : builtIn(item, wanted);
    if (!Digests.of(model.graph()).equals(wanted.graphSha256())) {
      throw new HistoryException(
          "The network of run %d, %s, is not what it was. Maybe %s."
              .formatted(
                  item.number(),
                  wanted.id(),
                  wanted
                      .file()
                      .map(file -> file + " was replaced")
                      .orElse("another workbench made the run")));
    }
    return model;
  }

  private Model builtIn(HistoryItem item, ModelIdentity wanted) throws HistoryException {
    try {
      return samples.stream()
          .filter(sample -> sample.id().equals(wanted.id()))
          .findFirst()
          .orElseThrow(
              () ->
                  new HistoryException(
                      "The network of run %d, %s, is not known here. Maybe another workbench has it."
                          .formatted(item.number(), wanted.id())))
          .create(wanted.input().height());
    } catch (IllegalArgumentException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }

  private Model imported(HistoryItem item, Path file, JobMonitor monitor)
      throws HistoryException, JobCancelledException {
    TensorShape input = item.head().model().input();
    try {
      return importer.open(
          file,
          ImportOptions.of(OptionalInt.of(input.height()), OptionalInt.of(input.width())),
          monitor);
    } catch (ModelFileException e) {
      throw new HistoryException(
          "The network of run %d cannot be opened: %s".formatted(item.number(), e.getMessage()), e);
    }
  }

  /** Tells whether the noise of its seed went into the network of a run. */
  boolean isNoise(LoadedRun run) throws HistoryException {
    try {
      return JsonDocument.read(history.files(run.item().number()).head(), "run").flag("noise");
    } catch (JsonDefectException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }

  /**
   * Returns what went into the network of a run.
   *
   * @throws HistoryException if it cannot be read
   */
  public HostTensor input(LoadedRun run) throws HistoryException {
    Path file = history.files(run.item().number()).input();
    try {
      return isNoise(run)
          ? SyntheticInput.noise(run.model(), run.report().details().seed())
          : TensorFiles.read(file, run.model().graph().input());
    } catch (InputException e) {
      throw new HistoryException(e.getMessage(), e);
    }
  }
}
