package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.split.SplitStrategies;
import picocli.CommandLine.Option;

/** What is chosen about all contenders of a command that have such an option. */
final class ContenderOption {
  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description =
          "Something to choose about every strategy that has it; may be given several times."
              + " ${COMPLETION-CANDIDATES}.",
      completionCandidates = StrategyWords.Options.class)
  private List<String> options = new ArrayList<>();

  /**
   * Returns contenders with what was chosen.
   *
   * @throws InfeasiblePlanException if a value is not allowed, or nobody has the option
   */
  List<Contender> of(List<Contender> contenders, SplitStrategies strategies)
      throws BadInputException, InfeasiblePlanException {
    return of(options, contenders, strategies);
  }

  /**
   * Returns contenders with those of some options that they have.
   *
   * @param options as typed, {@code name=value}
   * @throws InfeasiblePlanException if a value is not allowed, or nobody has the option
   */
  static List<Contender> of(
      List<String> options, List<Contender> contenders, SplitStrategies strategies)
      throws BadInputException, InfeasiblePlanException {
    Map<String, String> values = StrategyWords.parse(options);
    Set<String> known = new TreeSet<>();
    List<Contender> all = new ArrayList<>();
    for (Contender contender : contenders) {
      known.addAll(contender.optionNames(strategies));
      all.add(contender.with(values, strategies));
    }
    for (String name : values.keySet()) {
      if (known.isEmpty()) {
        throw new BadInputException(
            "None of these strategies has options, but --option %s was given. Maybe leave it out."
                .formatted(name));
      }
      if (!known.contains(name)) {
        throw InfeasiblePlanException.unknown(
            "option of these strategies", name, List.copyOf(known), "");
      }
    }
    return all;
  }
}
