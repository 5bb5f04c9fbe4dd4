package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.edgeld.program.Precision;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.MethodWords.Part;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.split.SplitStrategy;

/**
 * Reads the methods of a specification: every strategy in all {@link Dimensions}. An element of
 * {@code strategies} that says one of them itself is not crossed with it, and a scheme says all but
 * the precision.
 */
final class MethodReader {
  private static final String STRATEGIES = "strategies";
  private static final String LABEL = "label";

  private final JsonFields json;
  private final Choices choices;
  private final List<NamedMethod> methods = new ArrayList<>();

  MethodReader(JsonFields json, Choices choices) {
    this.json = json;
    this.choices = choices;
  }

  List<NamedMethod> methods() throws JsonDefectException {
    Dimensions common = Dimensions.read(json, choices.fusions());
    List<JsonFields.TextOrObject> elements = json.textsOrObjects(STRATEGIES);
    SpecReader.distinct(json, STRATEGIES, elements);
    for (JsonFields.TextOrObject element : elements) {
      if (element.text().isPresent()) {
        ofText(element.path(), element.text().get(), common);
      } else {
        ofObject(element.path(), element.object().orElseThrow(), common);
      }
    }
    return List.copyOf(methods);
  }

  private void ofText(String path, String text, Dimensions common) throws JsonDefectException {
    for (Scheme scheme : Scheme.all()) {
      if (scheme.id().equals(text)) {
        Set<Part> told = EnumSet.copyOf(common.several());
        told.retainAll(Set.of(Part.PRECISION));
        for (Method method : common.methods(scheme)) {
          add(path, scheme.id() + MethodWords.suffix(method, told), method);
        }
        return;
      }
    }
    List<String> schemes = Scheme.all().stream().map(Scheme::id).toList();
    requireStrategy(json, path, text, "a strategy or scheme", schemes);
    cross(path, Optional.empty(), find(text), Map.of(), common);
  }

  private void ofObject(String path, JsonFields object, Dimensions common)
      throws JsonDefectException {
    String strategy = object.text(MethodJson.STRATEGY);
    Map<String, String> options =
        object.has(MethodJson.OPTIONS) ? object.textByName(MethodJson.OPTIONS) : Map.of();
    requireStrategy(object, MethodJson.STRATEGY, strategy, "a strategy", List.of());
    requireOptions(object, strategy, options);
    Dimensions own = common.within(object, choices.fusions());
    Optional<String> label = object.has(LABEL) ? Optional.of(object.text(LABEL)) : Optional.empty();
    object.end();
    cross(path, label, find(strategy), options, own);
  }

  private void cross(
      String path,
      Optional<String> label,
      SplitStrategy strategy,
      Map<String, String> options,
      Dimensions all)
      throws JsonDefectException {
    Dimensions seen = all.seenBy(strategy);
    for (Method method : seen.methods(strategy.id(), options)) {
      String name =
          label
              .map(given -> given + MethodWords.suffix(method, seen.several()))
              .orElseGet(() -> MethodWords.label(method, told(strategy, method, seen)));
      add(path, name, method);
    }
  }

  /** Returns what a name says that is made of a method; {@link Labels} shortens it. */
  private static Set<Part> told(SplitStrategy strategy, Method method, Dimensions seen) {
    Set<Part> told = EnumSet.noneOf(Part.class);
    if (strategy.usesFusion()) {
      told.add(Part.FUSION);
    }
    if (strategy.usesRouting()) {
      told.add(Part.ROUTING);
    }
    if (seen.several().contains(Part.OVERLAP) || method.overlap() != Overlap.OFF) {
      told.add(Part.OVERLAP);
    }
    if (seen.several().contains(Part.PRECISION) || method.precision() != Precision.FLOAT32) {
      told.add(Part.PRECISION);
    }
    return told;
  }

  private void add(String path, String label, Method method) throws JsonDefectException {
    for (NamedMethod other : methods) {
      if (other.method().equals(method)) {
        throw json.problem(
            path,
            "(%s) divides as another element does".formatted(label),
            "use rounds to measure again");
      }
      if (other.label().equals(label)) {
        throw json.problem(
            path,
            "is called \"%s\" as another element is".formatted(label),
            "give it a label of its own");
      }
    }
    methods.add(new NamedMethod(label, method));
  }

  private SplitStrategy find(String id) {
    return choices.strategies().all().stream()
        .filter(strategy -> strategy.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void requireStrategy(
      JsonFields at, String path, String id, String what, List<String> also)
      throws JsonDefectException {
    List<String> known =
        Stream.concat(choices.strategies().all().stream().map(SplitStrategy::id), also.stream())
            .toList();
    if (!known.contains(id)) {
      throw JsonChoice.unknown(at, path, id, what, known, "");
    }
  }

  private void requireOptions(JsonFields at, String strategy, Map<String, String> options)
      throws JsonDefectException {
    for (String option : new TreeMap<>(options).keySet()) {
      try {
        choices.strategies().find(strategy, Map.of(option, options.get(option)));
      } catch (InfeasiblePlanException e) {
        throw at.defect(
            "options." + option, "(\"%s\"): %s".formatted(options.get(option), e.getMessage()));
      }
    }
  }
}
