package org.edgeld.workbench.split.joint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.edgeld.geometry.Block;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.job.SideBySide;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.split.ChannelPairs;
import org.edgeld.workbench.split.PlanContext;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;

/**
 * Decides together what other strategies decide one after the other: where blocks end, who owns
 * which rows or channels of their outputs, who is left out, and which way slices travel. Dynamic
 * programming over boundaries and ownerships ({@link BlockSearch}) proposes plans, {@link
 * Refinement} moves their boundaries, and the simulator chooses among them and the plans of all
 * other strategies, each with its strips cut where that lets slices travel meanwhile, so its
 * prediction is never worse than theirs. Into that plan come pairs of layers that make it better
 * still ({@link ChannelPairs}), unless strips of it are cut.
 *
 * <p>The fusion rule of the request is not used. Routing through the head is kept if it was asked
 * for; else slices travel from peer to peer or through the head, whichever is faster.
 */
public final class JointPlanner implements SplitStrategy {
  private static final double SAME = 1e-9;
  private static final int[] DEPTHS = {2, 8};

  /** Drafts that are refined: many for small networks, where it costs nothing. */
  private static final int LEAST_REFINED = 3;

  private static final int MOST_REFINED = 16;

  /** Devices times layers up to which a network is small. */
  private static final int SMALL = 160;

  private static final int CHANGES = 400;

  private static final StrategyOption OBJECTIVE =
      new StrategyOption(
          "objective",
          "Objective",
          "latency: one frame is over as early as possible. throughput: as many frames as possible"
              + " in a second, with enough of them in flight.",
          Objective.LATENCY.id(),
          new StrategyOption.OneOf(Stream.of(Objective.values()).map(Objective::id).toList()));

  /** What tells plans of one request apart: several strategies often propose the same. */
  private record Division(Routing routing, List<Stage> stages) {}

  /** A plan with the objective's prediction, strips uncut. */
  private record Predicted(Plan plan, double nanos) {}

  @Override
  public String id() {
    return "joint";
  }

  @Override
  public String title() {
    return "Joint";
  }

  @Override
  public String explanation() {
    return "Decides together where blocks end, who owns which rows or channels, and who is left"
        + " out, and takes the plan that the simulator predicts to be fastest, those of all"
        + " other strategies among them. It does not use the fusion rule.";
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public List<StrategyOption> options() {
    return List.of(OBJECTIVE);
  }

  @Override
  public boolean plansForStreams(Map<String, String> options) {
    return Objective.THROUGHPUT.id().equals(options.get(OBJECTIVE.name()));
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    Objective objective = Objective.of(context.option(OBJECTIVE));
    List<Supplier<List<Plan>>> sources = new ArrayList<>();
    sources.add(() -> drafts(context, objective));
    sources.addAll(context.rivals());
    List<Plan> candidates = SideBySide.all(sources).stream().flatMap(List::stream).toList();
    ToDoubleFunction<Plan> predictor = objective.predictor(context);
    Set<Division> simulated = new HashSet<>();
    List<Predicted> all = new ArrayList<>();
    int best = 0;
    for (Plan candidate : candidates) {
      if (simulated.add(new Division(candidate.routing(), candidate.stages()))) {
        all.add(new Predicted(candidate, predictor.applyAsDouble(candidate)));
        if (all.get(all.size() - 1).nanos() < all.get(best).nanos() * (1 - SAME)) {
          best = all.size() - 1;
        }
      }
    }
    if (objective == Objective.THROUGHPUT) {
      return paired(context, all.get(best).plan(), predictor);
    }
    Predicted fastest = all.remove(best);
    all.sort(Comparator.comparingDouble(Predicted::nanos));
    all.add(0, fastest);
    return paired(context, fastestCut(context, all), predictor);
  }

  /** Returns a plan with pairs of layers where they pay; one with strips in parts as it is. */
  private static Plan paired(PlanContext context, Plan plan, ToDoubleFunction<Plan> predictor) {
    return plan.stages().stream().anyMatch(Stage::inParts)
        ? plan
        : new ChannelPairs(context).wherePaying(plan, predictor);
  }

  /**
   * Returns the plan that is fastest with its strips cut. A plan that is slower uncut may be faster
   * then; where its busiest device computes too long already it is not tried.
   */
  private static Plan fastestCut(PlanContext context, List<Predicted> plans) {
    Plan best = context.overlapping().of(plans.get(0).plan());
    double bestNanos = context.predictor().applyAsDouble(best);
    for (Predicted other : plans.subList(1, plans.size())) {
      if (context.overlapping().atLeastNanos(other.plan()) < bestNanos * (1 - SAME)) {
        Plan cut = context.overlapping().of(other.plan());
        double nanos = context.predictor().applyAsDouble(cut);
        if (nanos < bestNanos * (1 - SAME)) {
          best = cut;
          bestNanos = nanos;
        }
      }
    }
    return best;
  }

  private static List<Plan> drafts(PlanContext context, Objective objective) {
    List<Plan> plans = new ArrayList<>(own(context, objective));
    if (objective == Objective.THROUGHPUT) {
      // what is over early is also balanced, and found where the busiest resource tells little
      plans.addAll(own(context, Objective.LATENCY));
    }
    return plans;
  }

  private static List<Plan> own(PlanContext context, Objective objective) {
    List<Block> units = Units.of(context.geometry());
    Tiles tiles = new Tiles(context);
    MemoryLimits limits = new MemoryLimits(context);
    Choices choices = new Choices(context, limits, objective, tiles, units);
    List<Draft> drafts = new ArrayList<>();
    BlockSearch search = new BlockSearch(context, limits, objective, tiles, choices);
    for (int depth : DEPTHS) {
      Candidates candidates = new Candidates(context.geometry(), units, depth);
      for (Routing routing : routings(context, depth)) {
        for (List<Piece> pieces : search.run(routing, candidates)) {
          drafts.add(Draft.of(context, limits, objective, tiles, routing, pieces));
        }
      }
    }
    drafts.sort(Comparator.comparingDouble(Draft::nanos));
    List<Plan> plans = new ArrayList<>();
    int refined = Math.max(LEAST_REFINED, Math.min(MOST_REFINED, SMALL / size(context)));
    for (Draft draft : drafts.subList(0, Math.min(refined, drafts.size()))) {
      plans.add(plan(context, tiles, draft));
      Refinement refinement = new Refinement(choices, context.devices(), CHANGES);
      plans.add(plan(context, tiles, refinement.improve(draft)));
    }
    return plans;
  }

  /** In large networks deep blocks, which take longest to search, are tried with one routing. */
  private static List<Routing> routings(PlanContext context, int depth) {
    Routing asked = context.method().routing();
    boolean one = depth > DEPTHS[0] && size(context) > SMALL;
    return one || asked == Routing.HEAD ? List.of(asked) : List.of(Routing.PEER, Routing.HEAD);
  }

  private static int size(PlanContext context) {
    return context.devices() * context.graph().layers().size();
  }

  private static Plan plan(PlanContext context, Tiles tiles, Draft draft) {
    return new Plan(
        context.graph(),
        context.devices(),
        context.head(),
        draft.routing(),
        draft.pieces().stream().map(tiles::stage).toList());
  }
}
