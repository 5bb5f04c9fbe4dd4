package org.edgeld.workbench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.history.KeptRun;
import org.edgeld.workbench.image.TensorFiles;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.results.ChromeTrace;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunCsv;
import org.edgeld.workbench.results.RunDetails;
import org.edgeld.workbench.results.RunJson;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.OutputSummary;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.run.Runner;

/** Executes {@code run}: measures and plans, runs, checks, prints and writes the results. */
final class RunAction {
  private final CommandServices services;
  private final Console console;
  private final JobMonitor monitor;

  RunAction(CommandServices services, Console console, JobMonitor monitor) {
    this.services = services;
    this.console = console;
    this.monitor = monitor;
  }

  /**
   * Runs.
   *
   * @param input the input tensor, read before anything was started
   * @return the exit code
   */
  int execute(RunCommandRequest request, HostTensor input)
      throws BadInputException, ClusterException, RunFailedException, JobCancelledException {
    Preparation preparation = new Preparation(services, monitor);
    Preparation.Measured measured =
        preparation.measure(
            request.model(), request.cluster(), request.plan().head(), request.profile());
    PlannedRun planned =
        preparation
            .planning(measured.agents())
            .plan(request.model().graph(), measured.target(), request.plan());
    Runner.Completed completed =
        services
            .runner()
            .run(
                new RunRequest(
                    request.model(),
                    planned,
                    measured.agents(),
                    input,
                    request.warmup(),
                    request.repeats(),
                    request.seed(),
                    request.batch()),
                monitor);
    ReportedRun run =
        new ReportedRun(
            completed.result(),
            new RunDetails(
                request.plan().scheme().map(Scheme::id),
                request.input().describe(),
                request.warmup(),
                request.repeats(),
                request.seed()));
    console.print(RunSummary.of(run, completed.outputs().stream().map(OutputSummary::of).toList()));
    int code =
        Math.max(write(request.outputs(), run, completed), keep(request, run, input, completed));
    return withinTolerance(completed.result()) ? code : ExitCode.FAILED;
  }

  private int write(RunOutputs outputs, ReportedRun run, Runner.Completed completed) {
    return new ResultFiles(console)
        .write(
            outputs.csv(),
            file -> RunCsv.write(file, List.of(run)),
            () -> RunCsv.format(List.of(run)))
        .write(
            outputs.json(),
            file -> RunJson.write(file, run),
            () -> RunJson.of(run).toPrettyString() + "\n")
        .write(outputs.trace(), file -> ChromeTrace.write(file, run))
        .write(outputs.tensor(), file -> TensorFiles.write(file, completed.outputs()))
        .exitCode();
  }

  /** A run that cannot be kept was measured all the same. */
  private int keep(
      RunCommandRequest request, ReportedRun run, HostTensor input, Runner.Completed completed) {
    if (request.keeping().isEmpty()) {
      return ExitCode.OK;
    }
    KeptRun kept =
        new KeptRun(
            run,
            request.keeping().get().modelFile(),
            request.input() instanceof InputChoice.Noise ? Optional.empty() : Optional.of(input),
            Optional.empty(),
            completed.outputs(),
            OptionalInt.empty());
    try {
      console.println("\nKept as run #%d.".formatted(request.keeping().get().history().keep(kept)));
      return ExitCode.OK;
    } catch (IOException e) {
      console.warn("The run could not be kept: %s. Maybe the disk is full.".formatted(e));
      return ExitCode.FAILED;
    }
  }

  private boolean withinTolerance(RunResult result) {
    if (result.outputAgrees()) {
      return true;
    }
    console.warn(
        "The output differs by %s from the undivided network's, whose scale is %s. Maybe an agent"
                .formatted(result.maxAbsError(), result.outputScale())
            + " computes wrongly: the figures are not to be trusted.");
    return false;
  }
}
