package org.edgeld.workbench.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "window",
    description =
        "Opens the window, as does the workbench without arguments; with --local it comes with"
            + " emulated agents on this computer.",
    footer = {
      "%nExamples:",
      "  workbench window",
      "  workbench window --local 4 --cpu-share 0.35 --link-mbps 1000"
    })
final class WindowCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--local",
      paramLabel = "N",
      description = "Start N emulated agents on this computer, 1 to 16.")
  private Optional<Integer> local = Optional.empty();

  @Mixin private EmulationOptions emulation = new EmulationOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  WindowCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    if (local.isEmpty() && emulation.given()) {
      throw new BadInputException(
          "The emulation options are for agents started here. Maybe add --local 4.");
    }
    Optional<LocalClusterSpec> spec = Optional.empty();
    if (local.isPresent()) {
      spec = Optional.of(emulation.spec(local.get()));
    }
    try {
      context.window().launch(connection.settings(context.settings()), spec);
    } catch (UnsupportedOperationException e) {
      // what JavaFX says where there is no screen
      throw new ClusterException(
          "The window cannot open: %s Maybe there is no screen here; the commands work without, see --help."
              .formatted(e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + "."),
          e);
    }
    return ExitCode.OK;
  }
}
