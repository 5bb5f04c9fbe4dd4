package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.edgeld.program.Precision;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.split.SplitStrategy;

/**
 * Reads the methods of a specification: every strategy with every fusion rule, routing and
 * precision. An element of {@code strategies} that says one of them itself is not crossed with it,
 * and a scheme says all but the precision.
 */
final class MethodReader {
  private final JsonFields json;
  private final Choices choices;
  private final List<Method> methods = new ArrayList<>();

  MethodReader(JsonFields json, Choices choices) {
    this.json = json;
    this.choices = choices;
  }

  /** What an element does not say itself. */
  private record Common(
      List<String> fusions,
      List<Routing> routings,
      List<Precision> precisions,
      HeadRole headRole,
      boolean poolsOnHead) {}

  List<Method> methods() throws JsonDefectException {
    List<String> fusions = json.has("fusion") ? json.texts("fusion") : List.of("between-pools");
    SpecReader.distinct(json, "fusion", fusions);
    for (int i = 0; i < fusions.size(); i++) {
      requireFusion(json, "fusion[%d]".formatted(i), fusions.get(i));
    }
    List<String> ways = json.has("routing") ? json.texts("routing") : List.of(Routing.PEER.id());
    SpecReader.distinct(json, "routing", ways);
    List<Routing> routings = new ArrayList<>();
    for (int i = 0; i < ways.size(); i++) {
      routings.add(routing(json, "routing[%d]".formatted(i), ways.get(i)));
    }
    Common common =
        new Common(
            fusions,
            routings,
            precisions(),
            headRole(json, HeadRole.WORKER),
            flag(json, "poolsOnHead", false));
    List<JsonFields.TextOrObject> elements = json.textsOrObjects("strategies");
    SpecReader.distinct(json, "strategies", elements);
    for (JsonFields.TextOrObject element : elements) {
      if (element.text().isPresent()) {
        ofText(element.path(), element.text().get(), common);
      } else {
        ofObject(element.path(), element.object().orElseThrow(), common);
      }
    }
    return List.copyOf(methods);
  }

  private List<Precision> precisions() throws JsonDefectException {
    List<String> ids =
        json.has("precision") ? json.texts("precision") : List.of(Precision.FLOAT32.id());
    SpecReader.distinct(json, "precision", ids);
    List<Precision> precisions = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      precisions.add(precision(json, "precision[%d]".formatted(i), ids.get(i)));
    }
    return precisions;
  }

  private void ofText(String path, String text, Common common) throws JsonDefectException {
    Optional<Scheme> scheme =
        Scheme.all().stream().filter(known -> known.id().equals(text)).findFirst();
    if (scheme.isPresent()) {
      Scheme s = scheme.get();
      for (Precision precision : common.precisions) {
        add(
            path,
            new Method(
                s.id() + (common.precisions.size() > 1 ? "/" + precision.id() : ""),
                s.strategy(),
                Map.of(),
                s.fusion(),
                s.routing(),
                s.headRole().orElse(common.headRole),
                s.poolsOnHead().orElse(common.poolsOnHead),
                precision));
      }
      return;
    }
    requireStrategy(json, path, text, Map.of(), "a strategy or scheme", schemes());
    cross(path, Optional.empty(), text, Map.of(), common);
  }

  private void ofObject(String path, JsonFields object, Common common) throws JsonDefectException {
    String strategy = object.text("strategy");
    Map<String, String> options = object.has("options") ? object.textByName("options") : Map.of();
    requireStrategy(object, "strategy", strategy, options, "a strategy", List.of());
    List<String> fusions = common.fusions;
    if (object.has("fusion")) {
      fusions = List.of(object.text("fusion"));
      requireFusion(object, "fusion", fusions.get(0));
    }
    List<Routing> routings =
        object.has("routing")
            ? List.of(routing(object, "routing", object.text("routing")))
            : common.routings;
    List<Precision> precisions =
        object.has("precision")
            ? List.of(precision(object, "precision", object.text("precision")))
            : common.precisions;
    Optional<String> label =
        object.has("label") ? Optional.of(object.text("label")) : Optional.empty();
    Common own =
        new Common(
            fusions,
            routings,
            precisions,
            headRole(object, common.headRole),
            flag(object, "poolsOnHead", common.poolsOnHead));
    object.end();
    cross(path, label, strategy, options, own);
  }

  private void cross(
      String path, Optional<String> label, String strategy, Map<String, String> options, Common own)
      throws JsonDefectException {
    SplitStrategy known = find(strategy);
    // what a strategy does not look at makes no further method
    List<String> fusions = known.usesFusion() ? own.fusions : own.fusions.subList(0, 1);
    List<Routing> routings = known.usesRouting() ? own.routings : own.routings.subList(0, 1);
    boolean several = fusions.size() * routings.size() > 1;
    boolean severalPrecisions = own.precisions.size() > 1;
    for (String fusion : fusions) {
      for (Routing routing : routings) {
        for (Precision precision : own.precisions) {
          Method method =
              new Method("", strategy, options, fusion, routing, own.headRole, own.poolsOnHead)
                  .with(precision);
          boolean told = severalPrecisions || precision != Precision.FLOAT32;
          String name =
              label
                  .map(given -> several ? given + "/" + fusion + "/" + routing.id() : given)
                  .map(given -> severalPrecisions ? given + "/" + precision.id() : given)
                  .orElseGet(() -> method.label(known.usesFusion(), known.usesRouting(), told));
          add(path, method.named(name));
        }
      }
    }
  }

  private SplitStrategy find(String id) {
    return choices.strategies().all().stream()
        .filter(strategy -> strategy.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void add(String path, Method method) throws JsonDefectException {
    for (Method other : methods) {
      if (other.sameAs(method)) {
        throw json.problem(
            path,
            "(%s) divides as another element does".formatted(method.label()),
            "use rounds to measure again");
      }
      if (other.label().equals(method.label())) {
        throw json.problem(
            path,
            "is called \"%s\" as another element is".formatted(method.label()),
            "give it a label of its own");
      }
    }
    methods.add(method);
  }

  private static List<String> schemes() {
    return Scheme.all().stream().map(Scheme::id).toList();
  }

  private void requireStrategy(
      JsonFields at,
      String path,
      String id,
      Map<String, String> options,
      String what,
      List<String> also)
      throws JsonDefectException {
    List<String> known =
        Stream.concat(choices.strategies().all().stream().map(SplitStrategy::id), also.stream())
            .toList();
    if (!known.contains(id)) {
      throw SpecReader.unknown(at, path, id, what, known, "");
    }
    for (String option : new TreeMap<>(options).keySet()) {
      try {
        choices.strategies().find(id, Map.of(option, options.get(option)));
      } catch (InfeasiblePlanException e) {
        throw at.defect(
            "options." + option, "(\"%s\"): %s".formatted(options.get(option), e.getMessage()));
      }
    }
  }

  private void requireFusion(JsonFields at, String path, String id) throws JsonDefectException {
    try {
      choices.fusions().find(id);
    } catch (InfeasiblePlanException e) {
      List<String> known = choices.fusions().all().stream().map(rule -> rule.id()).toList();
      throw SpecReader.unknown(at, path, id, "a fusion rule", known, ", or a depth such as \"2\"");
    }
  }

  private static Routing routing(JsonFields at, String path, String id) throws JsonDefectException {
    return oneOf(at, path, id, "a routing", List.of(Routing.values()), Routing::id);
  }

  private static Precision precision(JsonFields at, String path, String id)
      throws JsonDefectException {
    return oneOf(at, path, id, "a precision", List.of(Precision.values()), Precision::id);
  }

  private static HeadRole headRole(JsonFields at, HeadRole otherwise) throws JsonDefectException {
    return at.has("headRole")
        ? oneOf(
            at, "headRole", at.text("headRole"), "a role", List.of(HeadRole.values()), HeadRole::id)
        : otherwise;
  }

  private static boolean flag(JsonFields at, String name, boolean otherwise)
      throws JsonDefectException {
    return at.has(name) ? at.flag(name) : otherwise;
  }

  private static <T> T oneOf(
      JsonFields at, String path, String id, String what, List<T> all, Function<T, String> idOf)
      throws JsonDefectException {
    for (T choice : all) {
      if (idOf.apply(choice).equals(id)) {
        return choice;
      }
    }
    throw SpecReader.unknown(at, path, id, what, all.stream().map(idOf).toList(), "");
  }
}
