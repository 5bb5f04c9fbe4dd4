package org.edgeld.workbench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import org.edgeld.workbench.experiment.runs.RunComparison;
import org.edgeld.workbench.history.HistoryException;
import org.edgeld.workbench.history.HistoryFilter;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryList;
import org.edgeld.workbench.history.HistoryOrder;
import org.edgeld.workbench.history.LoadedRun;
import org.edgeld.workbench.history.RunHistory;
import org.edgeld.workbench.history.RunLoader;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.results.ReportedRun;
import org.edgeld.workbench.results.RunCsv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "history",
    description = {
      "The kept runs: those of the window, and those of 'run --keep'. Each has a number.",
      "They lie in ~/.edgeld/history, a folder each."
    },
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "%nExamples:",
      "  workbench history list --tag night --order speedup",
      "  workbench history rename 12 \"before the change\"",
      "  workbench history compare 12 15",
      "  workbench history rerun 12 --local 4 --cpu-share 0.35 --link-mbps 1000"
    })
final class HistoryCommand implements Callable<Integer> {
  private final CliContext context;

  @Spec private CommandSpec spec;

  HistoryCommand(CliContext context) {
    this.context = context;
  }

  /** Returns the history of the user. */
  static RunHistory history(CliContext context) {
    return new RunHistory(context.settings().historyDir(), Clock.systemUTC());
  }

  /** Returns what reads its runs in full. */
  static RunLoader loader(CliContext context, RunHistory history) {
    return new RunLoader(
        history,
        context.catalogue().models(),
        new OnnxImporter(context.settings().cacheDir()),
        DefaultPlanner.load());
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "The command is missing. Maybe: workbench history list");
  }

  // picocli counts the arguments of methods behind the help options, so methods name these
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists runs, the newest first.")
  int list(
      @Option(
              names = "--search",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "Words in name, tags, network, strategy or devices.")
          String search,
      @Option(names = "--tag", paramLabel = "TAG", description = "Only runs with the tag.")
          List<String> tags,
      @Option(names = "--model", paramLabel = "NAME", description = "Only runs of the network.")
          List<String> models,
      @Option(
              names = "--strategy",
              paramLabel = "ID",
              description = "Only runs of the strategy or scheme.")
          List<String> strategies,
      @Option(names = "--devices", paramLabel = "N", description = "Only runs on so many devices.")
          List<Integer> devices,
      @Option(
              names = "--order",
              paramLabel = "ID",
              defaultValue = "newest",
              description = "newest, latency, speedup, throughput, model or name.")
          String order)
      throws BadInputException {
    HistoryOrder chosen =
        Catalogue.choose("order", order, List.of(HistoryOrder.values()), HistoryOrder::id);
    HistoryList all = all();
    HistoryFilter filter =
        new HistoryFilter(search, set(tags), set(models), set(strategies), set(devices));
    context.console().print(HistoryText.table(all, filter.of(all.items(), chosen)));
    all.problems().forEach(context.console()::warn);
    return ExitCode.OK;
  }

  /** picocli leaves what is not given null. */
  private static <T> Set<T> set(List<T> given) {
    return given == null ? Set.of() : Set.copyOf(given);
  }

  private HistoryList all() throws BadInputException {
    try {
      return history(context).list();
    } catch (HistoryException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a run in full.")
  int show(@Parameters(paramLabel = "N", description = "Number of the run.") int number)
      throws BadInputException, JobCancelledException {
    LoadedRun run = load(number);
    context.console().print(HistoryText.heading(run.item(), all()));
    context.console().print(RunSummary.of(run.report(), run.outputs()));
    return ExitCode.OK;
  }

  private LoadedRun load(int number) throws BadInputException, JobCancelledException {
    try {
      return loader(context, history(context)).load(number, context.monitor());
    } catch (HistoryException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  @Command(
      name = "rename",
      mixinStandardHelpOptions = true,
      description = "Gives a run a name, or none.")
  int rename(
      @Parameters(index = "0", paramLabel = "N", description = "Number of the run.") int number,
      @Parameters(
              index = "1",
              paramLabel = "NAME",
              arity = "0..1",
              defaultValue = "",
              description = "The name; none if it is left out.")
          String name)
      throws BadInputException {
    return edit(history -> history.annotate(number, notes -> notes.named(name)));
  }

  @Command(
      name = "tag",
      mixinStandardHelpOptions = true,
      description = "Gives a run tags in place of those it has.")
  int tag(
      @Parameters(index = "0", paramLabel = "N", description = "Number of the run.") int number,
      @Parameters(
              index = "1..*",
              paramLabel = "TAG",
              arity = "0..*",
              description = "The tags; none if they are left out.")
          List<String> tags)
      throws BadInputException {
    return edit(
        history ->
            history.annotate(number, notes -> notes.tagged(tags == null ? List.of() : tags)));
  }

  @Command(
      name = "pin",
      mixinStandardHelpOptions = true,
      description = "Pins a run as the one that others are compared with.")
  int pin(
      @Parameters(
              paramLabel = "N",
              arity = "0..1",
              description = "Number of the run; none is pinned if it is left out.")
          Integer number)
      throws BadInputException {
    return edit(
        history -> history.pin(number == null ? OptionalInt.empty() : OptionalInt.of(number)));
  }

  @Command(
      name = "compare",
      mixinStandardHelpOptions = true,
      description =
          "Compares runs with the pinned one among them, or else with the oldest: medians,"
              + " differences with 95 %% intervals, and whether that is within noise.")
  int compare(
      @Parameters(paramLabel = "N", arity = "2..*", description = "Numbers of the runs.")
          List<Integer> numbers)
      throws BadInputException {
    List<HistoryItem> runs = new ArrayList<>();
    for (int number : numbers) {
      try {
        runs.add(history(context).item(number));
      } catch (HistoryException e) {
        throw new BadInputException(e.getMessage(), e);
      }
    }
    context.console().print(HistoryText.table(RunComparison.of(runs)));
    return ExitCode.OK;
  }

  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes the measured frames of runs to one CSV file.")
  int export(
      @Parameters(paramLabel = "N", arity = "1..*", description = "Numbers of the runs.")
          List<Integer> numbers,
      @Option(names = "--csv", paramLabel = "FILE", required = true, description = "The file.")
          Path csv)
      throws BadInputException, JobCancelledException {
    ResultFiles.checkWritable(csv);
    List<ReportedRun> runs = new ArrayList<>();
    for (int number : numbers) {
      runs.add(load(number).report());
    }
    return new ResultFiles(context.console())
        .write(Optional.of(csv), file -> RunCsv.write(file, runs), () -> RunCsv.format(runs))
        .exitCode();
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description =
          "Deletes runs, all of them or none; 'history restore' brings the last fifty back, and"
              + " those that were deleted together.")
  int delete(
      @Parameters(paramLabel = "N", arity = "1..*", description = "Numbers of the runs.")
          List<Integer> numbers)
      throws BadInputException {
    List<Integer> once = numbers.stream().distinct().toList();
    int code = edit(history -> history.delete(once));
    for (int number : once) {
      context.console().println("Deleted. To bring it back: workbench history restore " + number);
    }
    return code;
  }

  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Brings a deleted run back.")
  int restore(@Parameters(paramLabel = "N", description = "Number of the run.") int number)
      throws BadInputException {
    return edit(history -> history.restore(number));
  }

  @FunctionalInterface
  private interface Edit {
    void apply(RunHistory history) throws IOException, HistoryException;
  }

  private int edit(Edit edit) throws BadInputException {
    try {
      edit.apply(history(context));
      return ExitCode.OK;
    } catch (HistoryException | IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    } catch (IOException e) {
      throw new BadInputException(
          "The history in %s cannot be changed: %s. Maybe the disk is full."
              .formatted(context.settings().historyDir(), e.getMessage()),
          e);
    }
  }
}
