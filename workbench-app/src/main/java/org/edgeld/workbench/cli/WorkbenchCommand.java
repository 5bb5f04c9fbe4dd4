package org.edgeld.workbench.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "workbench",
    description =
        "Plans and measures distributed inference of neural networks over edge devices. Without"
            + " arguments a window opens.",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the run failed, or an agent is missing",
      "2:the request cannot be met as it stands",
      "130:cancelled"
    },
    footer = {
      "%nExamples:",
      "  workbench models",
      "  workbench run --model vgg16 --local 4 --cpu-share 0.35 --link-mbps 1000",
      "  workbench run --help",
      "'workbench' stands for: java -jar workbench.jar"
    })
final class WorkbenchCommand implements Callable<Integer> {
  static final String VERBOSE = "--verbose";

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show where an error comes from.")
  boolean verbose;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "The command is missing. Maybe: workbench models");
  }
}
