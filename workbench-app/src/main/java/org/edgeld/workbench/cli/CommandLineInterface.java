package org.edgeld.workbench.cli;

import java.util.List;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.image.InputException;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.results.Environment;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.words.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * The whole command line. Whatever goes wrong ends in one sentence on standard error and an exit
 * code; the stack trace only follows with {@code --verbose}.
 */
public final class CommandLineInterface {
  private static final int HELP_COLUMNS = 100;

  private final CliContext context;
  private final CommandLine commandLine;

  /** Creates the command line; nothing is opened before a command needs it. */
  public CommandLineInterface(CliContext context) {
    this.context = context;
    this.commandLine =
        new CommandLine(new WorkbenchCommand())
            .addSubcommand(new WindowCommand(context))
            .addSubcommand(new DiscoverCommand(context))
            .addSubcommand(
                new CommandLine(new ClusterCommand())
                    .addSubcommand(new ClusterStartCommand(context)))
            .addSubcommand(new ModelsCommand(context))
            .addSubcommand(new ProfileCommand(context))
            .addSubcommand(new PlanCommand(context))
            .addSubcommand(new SimulateCommand(context))
            .addSubcommand(new ValidateCommand(context))
            .addSubcommand(new SweepCommand(context))
            .addSubcommand(new ReproduceCommand(context))
            .addSubcommand(new ReportCommand(context))
            .addSubcommand(new CompareCommand(context))
            .addSubcommand(
                new CommandLine(new HistoryCommand(context))
                    .addSubcommand(new HistoryRerunCommand(context)))
            .addSubcommand(new RunCommand(context));
    configure(commandLine);
    commandLine
        .setUsageHelpWidth(HELP_COLUMNS)
        .setOut(context.console().out())
        .setErr(context.console().err())
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> failed(exception, parsed.originalArgs()));
  }

  /** Executes a command and returns its {@link ExitCode}. */
  public int execute(String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      context
          .console()
          .fail(
              "The workbench ran out of memory (%s). Maybe start it with more: java -Xmx4g -jar …"
                  .formatted(e.getMessage()),
              e,
              verbose(List.of(arguments)));
      return ExitCode.FAILED;
    }
  }

  private static void configure(CommandLine command) {
    command
        .getCommandSpec()
        .mixinStandardHelpOptions(true)
        .usageMessage(
            command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true))
        .version("EdgeLD Workbench " + Environment.workbenchVersion());
    command.getSubcommands().values().forEach(CommandLineInterface::configure);
  }

  private int misused(ParameterException exception, String[] arguments) {
    context.console().fail(sentence(exception), exception, verbose(List.of(arguments)));
    return ExitCode.BAD_INPUT;
  }

  private int failed(Exception exception, List<String> arguments) {
    boolean verbose = verbose(arguments);
    if (exception instanceof JobCancelledException || context.cancellation().cancelled()) {
      context.console().fail("Cancelled. The agents are idle again.", exception, verbose);
      return ExitCode.CANCELLED;
    }
    if (exception instanceof BadInputException
        || exception instanceof InputException
        || exception instanceof InfeasiblePlanException) {
      context.console().fail(exception.getMessage(), exception, verbose);
      return ExitCode.BAD_INPUT;
    }
    boolean expected =
        exception instanceof ClusterException || exception instanceof RunFailedException;
    context
        .console()
        .fail(expected ? exception.getMessage() : unexpected(exception), exception, verbose);
    return ExitCode.FAILED;
  }

  private static String unexpected(Exception exception) {
    return "The workbench failed unexpectedly (%s). Maybe --verbose shows where."
        .formatted(exception.toString().replaceAll("\\s*\\R\\s*", " "));
  }

  private static boolean verbose(List<String> arguments) {
    return arguments.contains(WorkbenchCommand.VERBOSE);
  }

  private static String sentence(ParameterException exception) {
    CommandLine command = exception.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (!command.getUnmatchedArguments().isEmpty()) {
      // picocli would rather complain about the required option that was misspelt
      return unmatched(command, command.getUnmatchedArguments().get(0));
    }
    String message = exception.getMessage().replaceAll("\\s*\\R\\s*", " ").strip();
    message =
        message
            .replaceFirst(" is not an? (int|long)$", " is not a whole number")
            .replaceFirst(" is not a double$", " is not a number");
    if (message.contains("Maybe")) {
      return message;
    }
    return (message.endsWith(".") ? message : message + ".") + " Maybe see: " + name + " --help";
  }

  private static String unmatched(CommandLine command, String argument) {
    boolean option = argument.startsWith("-");
    List<String> known =
        option
            ? List.copyOf(command.getCommandSpec().optionsMap().keySet())
            : List.copyOf(command.getSubcommands().keySet());
    String name = command.getCommandSpec().qualifiedName();
    return "\"%s\" is not %s of %s. Maybe %s"
        .formatted(
            argument,
            option ? "an option" : "a command",
            name,
            NearestName.of(argument, known)
                .map(nearest -> "\"" + nearest + "\".")
                .orElse("see: " + name + " --help"));
  }
}
