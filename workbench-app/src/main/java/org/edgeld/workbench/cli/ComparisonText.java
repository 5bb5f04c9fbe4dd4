package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.PlanRequest;

/** Plans of several strategies as a table for a terminal, the fastest first. */
final class ComparisonText {
  private ComparisonText() {}

  /** Returns the text, ended by a line break. */
  static String of(String model, List<String> names, Comparison comparison) {
    PlanRequest request = comparison.request();
    StringBuilder text = new StringBuilder();
    text.append(PlanText.heading(model, names, request, MethodWords.common(request.method())));
    text.append(table(comparison));
    OptionalDouble local = comparison.localNanos();
    if (local.isPresent()) {
      text.append(
          "\nSpeedup over the undivided network on the head, %s ms; frames/s with enough frames in flight.\n"
              .formatted(Quantity.millis(local.getAsDouble() / 1e6)));
    }
    comparison.plans().stream()
        .mapToDouble(plan -> plan.run().mostFramesPerSecond())
        .max()
        .ifPresent(
            most ->
                text.append(
                    "No plan carries more than %s frames/s.\n".formatted(Quantity.ratio(most))));
    return text.append(reasons(comparison)).toString();
  }

  private static TextTable table(Comparison comparison) {
    TextTable table =
        new TextTable(
            "strategy",
            "predicted ms",
            "speedup",
            "frames/s",
            "lower bound ms",
            "gap %",
            "MB moved",
            "largest memory MB");
    for (Outcome outcome : comparison.outcomes()) {
      if (outcome instanceof Outcome.Planned plan) {
        OptionalDouble speedup = comparison.speedup(plan);
        table.row(
            name(plan),
            Quantity.millis(plan.run().prediction().latencyNanos() / 1e6),
            speedup.isPresent() ? Quantity.ratio(speedup.getAsDouble()) : "–",
            Quantity.ratio(1e9 / plan.run().nanosPerFrame()),
            Quantity.millis(plan.run().lowerBoundNanos() / 1e6),
            String.format(Locale.ROOT, "%.1f", 100 * plan.run().gap()),
            Quantity.megabytes(plan.run().bytesMoved()),
            Quantity.megabytes(plan.largestMemoryBytes()));
      } else {
        table.row(name(outcome), "–", "–", "–", "–", "–", "–", "–");
      }
    }
    return table;
  }

  private static String name(Outcome outcome) {
    StringBuilder name = new StringBuilder(outcome.strategy());
    new TreeMap<>(outcome.request().method().options())
        .forEach((option, value) -> name.append(' ').append(option).append('=').append(value));
    return name.toString();
  }

  private static String reasons(Comparison comparison) {
    StringBuilder text = new StringBuilder();
    for (Outcome outcome : comparison.outcomes()) {
      if (outcome instanceof Outcome.Infeasible none) {
        text.append("\nNo plan of %s: %s\n".formatted(none.strategy(), none.reason()));
      }
    }
    return text.toString();
  }
}
