package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.program.Precision;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords.Part;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.split.SplitStrategy;

/**
 * What every strategy of a specification is crossed with, and what all have in common.
 *
 * @param fusions ids of fusion rules
 * @param routings the ways that slices travel
 * @param overlaps whether strips are computed in parts
 * @param precisions how the values of slices travel
 * @param headRole what the head does
 * @param poolsOnHead whether pooling layers run on the head
 */
record Dimensions(
    List<String> fusions,
    List<Routing> routings,
    List<Overlap> overlaps,
    List<Precision> precisions,
    HeadRole headRole,
    boolean poolsOnHead) {
  Dimensions {
    fusions = List.copyOf(fusions);
    routings = List.copyOf(routings);
    overlaps = List.copyOf(overlaps);
    precisions = List.copyOf(precisions);
  }

  /** Reads those of a specification; what it does not say is standard. */
  static Dimensions read(JsonFields json, FusionRules rules) throws JsonDefectException {
    List<String> fusions = List.of(Method.STANDARD_FUSION);
    if (json.has(MethodJson.FUSION)) {
      fusions = json.texts(MethodJson.FUSION);
      SpecReader.distinct(json, MethodJson.FUSION, fusions);
      for (int i = 0; i < fusions.size(); i++) {
        requireFusion(json, "%s[%d]".formatted(MethodJson.FUSION, i), fusions.get(i), rules);
      }
    }
    return new Dimensions(
        fusions,
        list(json, MethodJson.ROUTING, MethodJson.ROUTINGS, Routing.PEER),
        list(json, MethodJson.OVERLAP, MethodJson.OVERLAPS, Overlap.OFF),
        list(json, MethodJson.PRECISION, MethodJson.PRECISIONS, Precision.FLOAT32),
        MethodJson.HEAD_ROLES.read(json, MethodJson.HEAD_ROLE, HeadRole.WORKER),
        json.has(MethodJson.POOLS_ON_HEAD) && json.flag(MethodJson.POOLS_ON_HEAD));
  }

  private static <T> List<T> list(JsonFields json, String field, JsonChoice<T> choice, T standard)
      throws JsonDefectException {
    if (!json.has(field)) {
      return List.of(standard);
    }
    SpecReader.distinct(json, field, json.texts(field));
    return choice.readAll(json, field);
  }

  /** Returns the same but for what an element of {@code strategies} says itself. */
  Dimensions within(JsonFields element, FusionRules rules) throws JsonDefectException {
    List<String> ownFusions = fusions;
    if (element.has(MethodJson.FUSION)) {
      ownFusions = List.of(element.text(MethodJson.FUSION));
      requireFusion(element, MethodJson.FUSION, ownFusions.get(0), rules);
    }
    return new Dimensions(
        ownFusions,
        own(element, MethodJson.ROUTING, MethodJson.ROUTINGS, routings),
        own(element, MethodJson.OVERLAP, MethodJson.OVERLAPS, overlaps),
        own(element, MethodJson.PRECISION, MethodJson.PRECISIONS, precisions),
        MethodJson.HEAD_ROLES.read(element, MethodJson.HEAD_ROLE, headRole),
        element.has(MethodJson.POOLS_ON_HEAD)
            ? element.flag(MethodJson.POOLS_ON_HEAD)
            : poolsOnHead);
  }

  private static <T> List<T> own(
      JsonFields element, String field, JsonChoice<T> choice, List<T> otherwise)
      throws JsonDefectException {
    return element.has(field) ? List.of(choice.read(element, field)) : otherwise;
  }

  /** Returns the same without what makes no further method of a strategy. */
  Dimensions seenBy(SplitStrategy strategy) {
    return new Dimensions(
        strategy.usesFusion() ? fusions : fusions.subList(0, 1),
        strategy.usesRouting() ? routings : routings.subList(0, 1),
        strategy.usesOverlap() ? overlaps : overlaps.subList(0, 1),
        precisions,
        headRole,
        poolsOnHead);
  }

  /** Returns every method of a strategy. */
  List<Method> methods(String strategy, Map<String, String> options) {
    Method common = Method.of(strategy).with(options).with(headRole).withPoolsOnHead(poolsOnHead);
    List<Method> methods = new ArrayList<>();
    for (String fusion : fusions) {
      for (Routing routing : routings) {
        for (Overlap overlap : overlaps) {
          for (Precision precision : precisions) {
            methods.add(common.withFusion(fusion).with(routing).with(overlap).with(precision));
          }
        }
      }
    }
    return methods;
  }

  /** Returns a published scheme in every precision; it says all else that there are several of. */
  List<Method> methods(Scheme scheme) {
    Method common = Method.of(scheme.strategy()).with(headRole).withPoolsOnHead(poolsOnHead);
    return precisions.stream().map(scheme.apply(common)::with).toList();
  }

  /** Returns what methods of the same strategy differ in. */
  Set<Part> several() {
    Set<Part> several = EnumSet.noneOf(Part.class);
    if (fusions.size() * routings.size() > 1) {
      several.addAll(List.of(Part.FUSION, Part.ROUTING));
    }
    if (overlaps.size() > 1) {
      several.add(Part.OVERLAP);
    }
    if (precisions.size() > 1) {
      several.add(Part.PRECISION);
    }
    return several;
  }

  private static void requireFusion(JsonFields at, String path, String id, FusionRules rules)
      throws JsonDefectException {
    try {
      rules.find(id);
    } catch (InfeasiblePlanException e) {
      List<String> known = rules.all().stream().map(rule -> rule.id()).toList();
      throw JsonChoice.unknown(at, path, id, "a fusion rule", known, ", or a depth such as \"2\"");
    }
  }
}
