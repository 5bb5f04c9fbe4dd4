package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.results.ComparisonJson;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.PlanJson;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description =
        "Measures a cluster and plans for it without running: which rows of which layers on which"
            + " device, predicted latency, bytes moved, memory. With --strategy all it compares the"
            + " plans of all strategies.",
    footer = {
      "%nExamples:",
      "  workbench plan --model vgg16 --local 4 --cpu-share 0.35 --link-mbps 100 --fusion 3",
      "  workbench plan --model vgg16 --discover 4 --scheme modnn --json plan.json",
      "  workbench plan --model vgg16 --local 4 --cpu-share 0.35 --strategy all"
    })
final class PlanCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private PlanOptions plan = new PlanOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the plan.")
  private Optional<Path> json = Optional.empty();

  PlanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Model network = model.model(context);
    ClusterChoice agents = cluster.choice();
    PlanChoice choice =
        plan.all() ? plan.choiceAmongAll(context.catalogue()) : plan.choice(context.catalogue());
    ResultFiles.checkWritable(json);
    WorkbenchSettings settings = cluster.settings(context.settings());
    JobMonitor monitor = context.monitor();
    try (CommandServices services = context.services().open(settings)) {
      Preparation preparation = new Preparation(services, monitor);
      Preparation.Measured measured = preparation.measure(network, agents, choice.head());
      return plan.all()
          ? compare(network.id(), measured, preparation.compare(network, measured, choice))
          : show(network.id(), measured, preparation.plan(network, measured, choice));
    }
  }

  private int show(String id, Preparation.Measured measured, PlannedRun planned) {
    context.console().print(PlanText.of(id, measured.names(), planned));
    return write(PlanJson.of(id, measured.names(), planned));
  }

  private int compare(String id, Preparation.Measured measured, Comparison comparison) {
    context.console().print(ComparisonText.of(id, measured.names(), comparison));
    return write(ComparisonJson.of(id, measured.names(), comparison));
  }

  private int write(JsonNode document) {
    return new ResultFiles(context.console())
        .write(json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n")
        .exitCode();
  }
}
