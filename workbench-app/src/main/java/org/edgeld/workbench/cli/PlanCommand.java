package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.explain.Explainer;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;
import org.edgeld.workbench.results.ComparisonJson;
import org.edgeld.workbench.results.ExplanationJson;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.PlanJson;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description =
        "Measures a cluster, or takes boards that are typed in, and plans for it without running:"
            + " which rows of which layers on which"
            + " device, predicted latency, bytes moved, memory. With --strategy all it compares the"
            + " plans of all strategies.",
    footer = {
      "%nExamples:",
      "  workbench plan --model vgg16 --local 4 --cpu-share 0.35 --link-mbps 100 --fusion 3",
      "  workbench plan --model vgg16 --discover 4 --scheme modnn --json plan.json",
      "  workbench plan --model vgg16 --board 3xpi4:8:4 --board jetson:60:25 --link-mbps 100",
      "  workbench plan --model vgg16 --local 4 --cpu-share 0.35 --strategy all",
      "  workbench plan --model vgg16 --profile boards.profile.json --strategy joint",
      "  workbench plan --model vgg16 --local 4 --strategy joint --refine 3 --save joint.plan.json"
    })
final class PlanCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private BoardOptions boards = new BoardOptions();
  @Mixin private SavedProfileOption saved = new SavedProfileOption();
  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the plan with all figures.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the plan so that --plan of plan and run takes it.")
  private Optional<Path> save = Optional.empty();

  /** Name of the profile that figures rest on; empty if it has none. */
  private Optional<String> basis = Optional.empty();

  PlanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Model network = model.model(context);
    PlanChoice choice =
        plan.all()
            ? plan.choiceAmongAll(context.catalogue())
            : plan.choice(context.catalogue(), network);
    requireOnePlan();
    Optional<SavedProfileOption.SavedProfile> profile = saved.read(network);
    if (boards.given() && profile.isPresent()) {
      throw new BadInputException(
          "Only one of --board and --profile can be used. Maybe leave one out.");
    }
    if (boards.given()) {
      LinkEstimate link = cluster.linkOfBoards();
      return planFor(RooflineProfile.of(network.graph(), boards.boards(), link), network, choice);
    }
    basis = profile.flatMap(SavedProfileOption.SavedProfile::name);
    if (profile.isPresent() && !cluster.given()) {
      return planFor(profile.get().profile(), network, choice);
    }
    ClusterChoice agents = cluster.choice();
    choice.requireDevices(agents.count());
    ResultFiles.checkWritable(json);
    ResultFiles.checkWritable(save);
    WorkbenchSettings settings = cluster.settings(context.settings());
    try (CommandServices services = context.services().open(settings)) {
      Preparation preparation = new Preparation(services, context.monitor());
      Preparation.Measured measured = preparation.measure(network, agents, choice.head(), profile);
      return plan(network, measured.target(), choice, preparation.planning(measured.agents()));
    }
  }

  /** Plans for devices that need not be there. */
  private int planFor(ClusterProfile profile, Model network, PlanChoice choice)
      throws BadInputException, ClusterException, JobCancelledException {
    if (choice.refinements() > 0) {
      throw new BadInputException(
          "--refine times the plan's steps on agents, but there are none. Maybe add --local or"
              + " --agents.");
    }
    choice.requireDevices(profile.size());
    ResultFiles.checkWritable(json);
    ResultFiles.checkWritable(save);
    Planner planner =
        new DefaultPlanner(context.catalogue().strategies(), context.catalogue().fusions());
    return plan(
        network,
        Target.of(profile, choice.head()),
        choice,
        PlanAction.onPaper(planner, context.monitor()));
  }

  private int plan(Model network, Target target, PlanChoice choice, PlanAction action)
      throws BadInputException, ClusterException, JobCancelledException {
    String id = network.id();
    if (plan.all()) {
      Comparison comparison =
          action.compare(network.graph(), target, choice, plan.contenders(context.catalogue()));
      context.console().print(ComparisonText.of(id, target.names(), comparison));
      context.console().print(ProfileText.basis(target.profile(), basis));
      return written(ComparisonJson.of(id, target.names(), comparison)).exitCode();
    }
    PlannedRun planned = action.plan(network.graph(), target, choice);
    Explanation explanation =
        choice.saved().isPresent()
            ? Explainer.given(planned, "predicted")
            : Explainer.predicted(planned, "predicted");
    context.console().print(PlanText.of(id, target.names(), planned, explanation));
    context.console().print(ProfileText.basis(target.profile(), basis));
    ObjectNode document = PlanJson.of(id, target.names(), planned);
    document.set("explanation", ExplanationJson.of(planned.programs(), explanation));
    SavedPlan saved = SavedPlan.of(planned.plan(), planned.request());
    return written(document).write(save, file -> PlanFile.write(file, id, saved)).exitCode();
  }

  private void requireOnePlan() throws BadInputException {
    if (plan.all() && save.isPresent()) {
      throw new BadInputException(
          "--save keeps one plan, and --strategy all makes several. Maybe name one strategy.");
    }
    if (json.isPresent() && json.equals(save)) {
      throw new BadInputException(
          "The file %s is named for two results. Maybe give one of them another name."
              .formatted(json.get()));
    }
  }

  private ResultFiles written(JsonNode document) {
    return new ResultFiles(context.console())
        .write(
            json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n");
  }
}
