package org.edgeld.workbench.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;

/**
 * What takes part in a comparison: a published scheme, or a strategy with what it shall differ in
 * from the common request.
 *
 * @param name as typed, such as {@code edgeld} or {@code ocbp/layer/head}
 * @param scheme the scheme; empty if it is a strategy
 * @param strategy id of the strategy
 * @param fusion id of the fusion rule; empty leaves the request's
 * @param routing which way slices travel; empty leaves the request's
 * @param overlap whether strips are computed in parts; empty leaves the request's
 * @param options chosen about the strategy, by name
 */
public record Contender(
    String name,
    Optional<Scheme> scheme,
    String strategy,
    Optional<String> fusion,
    Optional<Routing> routing,
    Optional<Overlap> overlap,
    Map<String, String> options) {
  /** How a contender is typed. */
  public static final String FORM = "STRATEGY[/FUSION][/ROUTING][/overlap-auto|on|off] or SCHEME";

  public Contender {
    options = Map.copyOf(options);
  }

  /**
   * Returns the contender that a text stands for.
   *
   * @throws InfeasiblePlanException if strategy, fusion rule or routing are not known
   */
  public static Contender parse(String text, SplitStrategies strategies, FusionRules fusions)
      throws InfeasiblePlanException {
    String name = text.strip();
    for (Scheme scheme : Scheme.all()) {
      if (scheme.id().equals(name)) {
        return new Contender(
            name,
            Optional.of(scheme),
            scheme.strategy(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of());
      }
    }
    String[] parts = name.split("/", -1);
    if (parts.length > 1 && Scheme.all().stream().anyMatch(s -> s.id().equals(parts[0]))) {
      throw new InfeasiblePlanException(
          "\"%s\" is a scheme with something of its own. Maybe %s, which says all of it."
              .formatted(name, parts[0]));
    }
    List<String> known =
        Stream.concat(
                strategies.all().stream().map(SplitStrategy::id),
                Scheme.all().stream().map(Scheme::id))
            .toList();
    if (!known.contains(parts[0])) {
      throw InfeasiblePlanException.unknown("strategy or scheme", parts[0], known, "");
    }
    Optional<String> fusion = Optional.empty();
    Optional<Routing> routing = Optional.empty();
    Optional<Overlap> overlap = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      Optional<Routing> way = routing(parts[i]);
      Optional<Overlap> inParts = overlap(parts[i]);
      if (way.isPresent()) {
        routing = way;
      } else if (inParts.isPresent()) {
        overlap = inParts;
      } else {
        fusions.find(parts[i]);
        fusion = Optional.of(parts[i]);
      }
    }
    return new Contender(name, Optional.empty(), parts[0], fusion, routing, overlap, Map.of());
  }

  private static Optional<Overlap> overlap(String text) {
    return Stream.of(Overlap.values())
        .filter(value -> text.toLowerCase(Locale.ROOT).equals(MethodWords.OVERLAP + value.id()))
        .findFirst();
  }

  private static Optional<Routing> routing(String text) {
    return Stream.of(Routing.values())
        .filter(way -> way.id().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  /**
   * Returns the contender with what is chosen about its strategy, among values that may be meant
   * for others; a scheme has none. Its name says so.
   *
   * @throws InfeasiblePlanException if a value is not allowed
   */
  public Contender with(Map<String, String> chosen, SplitStrategies strategies)
      throws InfeasiblePlanException {
    Map<String, String> own = new TreeMap<>(chosen);
    own.keySet().retainAll(optionNames(strategies));
    if (own.isEmpty()) {
      return this;
    }
    strategies.find(strategy, own);
    String words = name + " " + MethodWords.joined(own, " ");
    return new Contender(words, scheme, strategy, fusion, routing, overlap, own);
  }

  /** Returns the contender with a choice of overlap, unless it is a scheme or has its own. */
  public Contender withOverlap(Overlap common) {
    return scheme.isPresent() || overlap.isPresent()
        ? this
        : new Contender(name, scheme, strategy, fusion, routing, Optional.of(common), options);
  }

  /** Returns the names of what may be chosen about its strategy, none for a scheme. */
  public List<String> optionNames(SplitStrategies strategies) throws InfeasiblePlanException {
    return scheme.isPresent()
        ? List.of()
        : strategies.find(strategy).options().stream().map(StrategyOption::name).toList();
  }

  /** Returns the request with what this contender differs in. */
  public PlanRequest of(PlanRequest request) {
    return request.with(of(request.method()));
  }

  private Method of(Method common) {
    return scheme
        .map(preset -> preset.apply(common))
        .orElseGet(
            () ->
                common
                    .with(strategy, fusion.orElse(common.fusion()))
                    .with(options)
                    .with(routing.orElse(common.routing()))
                    .with(overlap.orElse(common.overlap())));
  }
}
