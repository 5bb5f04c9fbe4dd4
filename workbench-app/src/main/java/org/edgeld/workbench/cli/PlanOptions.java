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
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
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
  private static final String FUSION = "between-pools";

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "Agent that holds input and output. Default: the first.")
  private Optional<String> head = Optional.empty();

  @Option(
      names = "--head-role",
      paramLabel = "ROLE",
      description = "worker: the head computes strips too; leader: it does not. Default: worker.")
  private Optional<String> headRole = Optional.empty();

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

  @Option(
      names = "--fusion",
      paramLabel = "RULE",
      description =
          "Where fused blocks end: layer, between-pools, or a number of layers. Default:"
              + " between-pools.")
  private Optional<String> fusion = Optional.empty();

  @Option(
      names = "--routing",
      paramLabel = "WAY",
      description =
          "How slices travel: through the head, or from peer to peer: head, peer. Default: peer.")
  private Optional<String> routing = Optional.empty();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Option(
      names = "--overlap",
      paramLabel = "WHEN",
      description =
          "Whether strips are computed in parts, so that what others need travels meanwhile: auto"
              + " (where that is predicted to be faster), on (wherever it can be done), off."
              + " Default: auto; off for a scheme.")
  private Optional<String> overlap = Optional.empty();

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
      return PlanChoice.of(saved, precision.precision(), refinements());
    } catch (JsonDefectException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private void requireOneAnswer() throws BadInputException {
    boolean others =
        Stream.of(head, headRole, scheme, strategy, fusion, routing, overlap)
            .anyMatch(Optional::isPresent);
    if (file.isPresent() && (others || !options.isEmpty())) {
      throw new BadInputException(
          "--plan %s says how the network is divided, and other options do, too. Maybe leave them"
                  .formatted(file.get())
              + " out.");
    }
  }

  private void check(Catalogue catalogue, SavedPlan saved) throws BadInputException {
    try {
      catalogue.check(saved.strategy(), saved.fusion(), saved.options());
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
    if (scheme.isPresent()) {
      Scheme preset = Catalogue.choose("scheme", scheme.get(), Scheme.all(), Scheme::id);
      catalogue.check(preset.strategy(), preset.fusion(), chosen);
      return preset(preset, chosen);
    }
    String chosenFusion = fusion.orElse(FUSION);
    catalogue.check(chosenStrategy, chosenFusion, chosen);
    return new PlanChoice(
        head,
        role(headRole.orElse(HeadRole.WORKER.id())),
        Optional.empty(),
        chosenStrategy,
        chosenFusion,
        false,
        Catalogue.choose(
            "routing", routing.orElse(Routing.PEER.id()), List.of(Routing.values()), Routing::id),
        chosen,
        Catalogue.choose(
            "choice for --overlap",
            overlap.orElse(Overlap.AUTO.id()),
            List.of(Overlap.values()),
            Overlap::id),
        precision.precision(),
        Optional.empty(),
        refinements());
  }

  private int refinements() throws BadInputException {
    if (refinements < 0) {
      throw new BadInputException(
          "--refine %d is not possible. Maybe --refine 1.".formatted(refinements));
    }
    return refinements;
  }

  private PlanChoice preset(Scheme preset, Map<String, String> chosen) throws BadInputException {
    agree(preset, "--strategy", strategy, preset.strategy());
    agree(preset, "--fusion", fusion, preset.fusion());
    agree(preset, "--routing", routing, preset.routing().id());
    agree(preset, "--overlap", overlap, Overlap.OFF.id());
    if (preset.headRole().isPresent()) {
      agree(preset, "--head-role", headRole, preset.headRole().get().id());
    }
    return new PlanChoice(
        head,
        preset.headRole().orElse(role(headRole.orElse(HeadRole.WORKER.id()))),
        Optional.of(preset),
        preset.strategy(),
        preset.fusion(),
        preset.poolsOnHead().orElse(false),
        preset.routing(),
        chosen,
        Overlap.OFF,
        precision.precision(),
        Optional.empty(),
        refinements());
  }

  private static void agree(Scheme preset, String option, Optional<String> given, String fixed)
      throws BadInputException {
    if (given.isPresent() && !given.get().equals(fixed)) {
      throw new BadInputException(
          "%s %s contradicts --scheme %s, which means %s %s. Maybe leave one of them out."
              .formatted(option, given.get(), preset.id(), option, fixed));
    }
  }

  private static HeadRole role(String text) throws BadInputException {
    return Catalogue.choose("head role", text, List.of(HeadRole.values()), HeadRole::id);
  }
}
