package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "discover",
    description = "Looks for agents on the network and prints them.",
    footer = {
      "%nExamples:",
      "  workbench discover",
      "  workbench discover --wait-ms 10000 --json agents.json"
    })
final class DiscoverCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--wait-ms",
      paramLabel = "MS",
      defaultValue = "3000",
      description = "How long to look, in ms. Default: ${DEFAULT-VALUE}.")
  private int waitMillis;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was found.")
  private Optional<Path> json = Optional.empty();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  DiscoverCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (waitMillis < 0) {
      throw new BadInputException(
          "--wait-ms %d is negative. Maybe use 3000.".formatted(waitMillis));
    }
    ResultFiles.checkWritable(json);
    WorkbenchSettings settings = connection.settingsForRunningAgents(context.settings());
    try (CommandServices services = context.services().open(settings)) {
      List<KnownAgent> found =
          new AgentFinder(services.directory(), context.monitor())
              .look(Integer.MAX_VALUE, Duration.ofMillis(waitMillis));
      if (found.isEmpty()) {
        throw new ClusterException(
            "No agent answered on UDP port %d within %d ms. Maybe none runs, or broadcasts do not pass:"
                    .formatted(settings.discoveryPort(), waitMillis)
                + " then name them with --agents host:port.");
      }
      context.console().print(AgentTable.text(found));
      JsonNode document = AgentTable.json(found);
      return new ResultFiles(context.console())
          .write(
              json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n")
          .exitCode();
    }
  }
}
