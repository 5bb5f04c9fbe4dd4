package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.results.MethodJson;

/** Methods of a form that a file names one by one, as strategies crossed with fusions and ways. */
final class FormMethods {
  private FormMethods() {}

  /** Tells whether both measure the same in the same way, however it is numbered. */
  static boolean same(SweepSpec one, SweepSpec other) {
    return one.agents().equals(other.agents())
        && one.noiseFloor() == other.noiseFloor()
        && one.convolutions().equals(other.convolutions())
        && one.procedure().equals(other.procedure())
        && configurations(one).equals(configurations(other));
  }

  private static Set<Configuration> configurations(SweepSpec spec) {
    Set<Configuration> all = new HashSet<>();
    for (Configuration c : spec.configurations()) {
      all.add(new Configuration(0, c.boards(), c.network(), c.devices(), c.named(), c.batch()));
    }
    return all;
  }

  /**
   * Chooses strategies, fusions and ways in place of methods named one by one, if that means the
   * same.
   */
  static void shorten(SweepForm form, BooleanSupplier same) {
    List<ObjectNode> own = List.copyOf(form.ownMethods());
    if (own.isEmpty() || form.strategies().stream().anyMatch(s -> s.chosenProperty().get())) {
      return;
    }
    Map<SpecField, List<Option>> crossed =
        Map.of(
            SpecField.FUSION, form.fusions(),
            SpecField.ROUTING, form.routings(),
            SpecField.OVERLAP, form.overlaps(),
            SpecField.PRECISION, form.precisions());
    Map<Option, Boolean> before = new HashMap<>();
    crossed.values().stream()
        .flatMap(List::stream)
        .forEach(option -> before.put(option, option.chosenProperty().get()));
    choose(form.strategies(), own, MethodJson.STRATEGY);
    crossed.forEach(
        (field, options) -> {
          if (own.stream().anyMatch(method -> method.has(field.key()))) {
            choose(options, own, field.key());
          }
        });
    form.ownMethods().clear();
    if (!same.getAsBoolean()) {
      form.strategies().forEach(option -> option.chosenProperty().set(false));
      before.forEach((option, chosen) -> option.chosenProperty().set(chosen));
      form.ownMethods().setAll(own);
    }
  }

  private static void choose(List<Option> options, List<ObjectNode> methods, String key) {
    Set<String> named = new LinkedHashSet<>();
    methods.forEach(method -> named.add(method.path(key).asText()));
    options.forEach(option -> option.chosenProperty().set(named.contains(option.id())));
  }
}
