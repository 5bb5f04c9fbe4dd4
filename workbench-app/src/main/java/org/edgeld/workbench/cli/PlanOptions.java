package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.model.Model;
import org.edgeld.workbench.compare.Contender;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.planfile.PlanFile;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.split.SplitStrategy;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the network is divided. */
final class PlanOptions {
  private static final String STRATEGY = "ocbp";
  private static final String ALL = "all";

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "Agent that holds input and output. Default: the first.")
  private Optional<String> head = Optional.empty();

  @Option(
      names = "--scheme",
      paramLabel = "NAME",
      description =
          "Preset of a published system, edgeld or modnn, in place of the options that follow.")
  private Optional<String> scheme = Optional.empty();

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description =
          "How the work is divided: ${COMPLETION-CANDIDATES}; 'plan' also takes all and compares"
              + " them. Default: ocbp.",
      completionCandidates = StrategyWords.Names.class)
  private Optional<String> strategy = Optional.empty();

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description =
          "Something to choose about the strategy, with --strategy all about every one that has it;"
              + " may be given several times. ${COMPLETION-CANDIDATES}.",
      completionCandidates = StrategyWords.Options.class)
  private List<String> options = new ArrayList<>();

  @Mixin private MethodOptions method = new MethodOptions();

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Use the plan in this file, which plan --save has written, in place of the options above."
              + " The devices take its letters in their order.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--refine",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Time the plan's own steps on the agents and plan again with them, until that changes"
              + " nothing but N times at most. Default: ${DEFAULT-VALUE}, plan with the times of"
              + " layers.")
  private int refinements;

  /** Tells whether all strategies shall be compared. */
  boolean all() {
    return strategy.equals(Optional.of(ALL));
  }

  /** Returns what was asked for, the saved plan if one was named. */
  PlanChoice choice(Catalogue catalogue, Model model) throws BadInputException {
    if (file.isEmpty()) {
      return choice(catalogue);
    }
    requireOneAnswer();
    try {
      SavedPlan saved = PlanFile.read(file.get(), model.id(), model.graph());
      check(catalogue, saved);
      return PlanChoice.of(saved, method.precision().precision(), refinements());
    } catch (JsonDefectException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private void requireOneAnswer() throws BadInputException {
    boolean others =
        method.given() || Stream.of(head, scheme, strategy).anyMatch(Optional::isPresent);
    if (file.isPresent() && (others || !options.isEmpty())) {
      throw new BadInputException(
          "--plan %s says how the network is divided, and other options do, too. Maybe leave them"
                  .formatted(file.get())
              + " out.");
    }
  }

  private void check(Catalogue catalogue, SavedPlan saved) throws BadInputException {
    try {
      catalogue.check(saved.method());
    } catch (BadInputException e) {
      throw new BadInputException(
          "The plan %s: madeBy: %s".formatted(file.orElseThrow(), e.getMessage()), e);
    }
  }

  /** Returns what was asked for. */
  private PlanChoice choice(Catalogue catalogue) throws BadInputException {
    if (all()) {
      throw new BadInputException(
          "--strategy all compares plans, and only one can run. Maybe: plan --strategy all");
    }
    return choice(catalogue, strategy.orElse(STRATEGY), StrategyWords.parse(options));
  }

  /** Returns what was asked for with one of the strategies in place of all. */
  PlanChoice choiceAmongAll(Catalogue catalogue) throws BadInputException {
    requireOneAnswer();
    if (refinements() > 0) {
      throw new BadInputException(
          "--strategy all compares plans as they come, but --refine was given. Maybe name one"
              + " strategy.");
    }
    contenders(catalogue);
    return choice(catalogue, STRATEGY, Map.of());
  }

  /** Returns all strategies, each with those of the chosen options that it has. */
  List<Contender> contenders(Catalogue catalogue) throws BadInputException {
    List<Contender> contenders = new ArrayList<>();
    try {
      for (SplitStrategy strategy : catalogue.strategies().all()) {
        contenders.add(Contender.parse(strategy.id(), catalogue.strategies(), catalogue.fusions()));
      }
      return ContenderOption.of(options, contenders, catalogue.strategies());
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private PlanChoice choice(Catalogue catalogue, String chosenStrategy, Map<String, String> chosen)
      throws BadInputException {
    Optional<Scheme> preset = Optional.empty();
    Method asked;
    if (scheme.isPresent()) {
      Scheme named = Catalogue.choose("scheme", scheme.get(), Scheme.all(), Scheme::id);
      MethodOptions.agree(named, "--strategy", strategy, named.strategy());
      preset = Optional.of(named);
      asked = method.method(named, chosen);
    } else {
      asked = method.method(chosenStrategy, chosen);
    }
    catalogue.check(asked);
    return new PlanChoice(head, preset, asked, Optional.empty(), refinements());
  }

  private int refinements() throws BadInputException {
    if (refinements < 0) {
      throw new BadInputException(
          "--refine %d is not possible. Maybe --refine 1.".formatted(refinements));
    }
    return refinements;
  }
}
