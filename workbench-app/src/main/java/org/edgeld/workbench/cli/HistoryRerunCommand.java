package org.edgeld.workbench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.history.AgentMatch;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.history.LoadedRun;
import org.edgeld.workbench.history.Rerun;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.run.OutputSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rerun",
    description = {
      "Runs a kept run again with the same input, seed and procedure, and with the very same plan,"
          + " and keeps what comes out.",
      "If the agents differ from those of the run, the command says how and stops."
    })
final class HistoryRerunCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "N", description = "Number of the run.")
  private int number;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--plan-again",
      description = "Plan anew with the same choices, for the agents that are there.")
  private boolean planAgain;

  @Option(
      names = "--on-others",
      description = "Run the same plan also where the agents differ from those of the run.")
  private boolean onOthers;

  HistoryRerunCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    JobMonitor monitor = context.monitor();
    ClusterChoice choice = cluster.choice();
    RunHistory history = HistoryCommand.history(context);
    RunLoader loader = HistoryCommand.loader(context, history);
    try {
      LoadedRun run = loader.load(number, monitor);
      try (CommandServices services =
          context.services().open(cluster.settings(context.settings()))) {
        Rerun rerun = new Rerun(loader, services.profiler(), services.planner(), services.runner());
        List<KnownAgent> agents =
            new AgentFinder(services.directory(), monitor).find(choice, Optional.empty());
        return keep(history, run, repeat(rerun, run, agents, monitor));
      }
    } catch (HistoryException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private Rerun.Repeated repeat(
      Rerun rerun, LoadedRun run, List<KnownAgent> agents, JobMonitor monitor) throws Exception {
    if (planAgain) {
      return rerun.planAgain(run, agents, monitor);
    }
    AgentMatch match = AgentMatch.of(run.item().head(), agents);
    boolean possible = match.complete(run.item().head());
    if (!match.differences().isEmpty() && !(onOthers && possible)) {
      throw new BadInputException(
          match.sentence()
              + " Maybe add --plan-again"
              + (possible ? ", or --on-others for the same plan all the same." : "."));
    }
    if (!match.differences().isEmpty()) {
      context.console().warn(match.sentence());
    }
    return rerun.samePlan(run, match, monitor);
  }

  private int keep(RunHistory history, LoadedRun run, Rerun.Repeated repeated) {
    Console console = context.console();
    console.print(
        RunSummary.of(
            repeated.run().report(),
            repeated.run().outputs().stream().map(OutputSummary::of).toList()));
    console.println(
        "\nThe output is %s that of run %s."
            .formatted(
                repeated.sameOutput() ? "bit for bit" : "not bit for bit", run.item().label()));
    try {
      console.println("Kept as run #%d.".formatted(history.keep(repeated.run())));
    } catch (IOException e) {
      console.warn("The run could not be kept: %s. Maybe the disk is full.".formatted(e));
      return ExitCode.FAILED;
    }
    return repeated.run().report().result().outputAgrees() ? ExitCode.OK : ExitCode.FAILED;
  }
}
