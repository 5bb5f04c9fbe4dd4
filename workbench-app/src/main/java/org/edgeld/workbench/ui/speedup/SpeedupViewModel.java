package org.edgeld.workbench.ui.speedup;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import org.edgeld.workbench.chart.speedup.SpeedupBar;
import org.edgeld.workbench.chart.speedup.SpeedupTable;
import org.edgeld.workbench.history.Fairness;
import org.edgeld.workbench.history.HistoryItem;
import org.edgeld.workbench.history.HistoryOrder;
import org.edgeld.workbench.history.Times;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunsViewModel;

/** The newest runs of the shown model, and the prediction for the present choices. */
public final class SpeedupViewModel {
  private static final int MOST_RUNS = 5;

  private final ObjectBinding<SpeedupTable> table;

  /**
   * @param shown what the window shows
   * @param runs those that are listed
   */
  public SpeedupViewModel(ObservableValue<Optional<ShownPlan>> shown, RunsViewModel runs) {
    this.table =
        Bindings.createObjectBinding(
            () -> shown.getValue().map(plan -> table(plan, runs)).orElse(empty()),
            shown,
            runs.items(),
            runs.allProperty());
  }

  private static SpeedupTable empty() {
    return new SpeedupTable(List.of(), "", Optional.empty(), OptionalDouble.empty());
  }

  private static SpeedupTable table(ShownPlan plan, RunsViewModel runs) {
    List<SpeedupTable.Row> rows = new ArrayList<>();
    if (plan.run().isEmpty()) {
      rows.add(predicted(plan));
    }
    Optional<HistoryItem> pinned =
        runs.allProperty().get().pinned().filter(item -> sameNetwork(item, plan));
    int number = plan.run().map(ShownPlan.MeasuredRun::number).orElse(Integer.MIN_VALUE);
    List<HistoryItem> comparable = comparable(plan, runs, pinned, number);
    boolean sizesDiffer =
        comparable.stream().anyMatch(run -> devices(run) != plan.devices().size());
    for (HistoryItem run : comparable) {
      rows.add(measured(run, run.number() == number, sizesDiffer, pinned));
    }
    boolean emulated =
        comparable.stream().anyMatch(run -> run.head().emulated())
            || (comparable.isEmpty() && plan.emulated());
    String caption =
        (emulated ? "emulated devices · " : "")
            + (comparable.isEmpty() ? plan.provenance() : "95 % intervals")
            + pinned.map(item -> objections(comparable, item)).orElse("");
    return new SpeedupTable(
        rows, caption, pinned.map(item -> "vs. pinned " + item.label()), ideal(plan));
  }

  /** All devices together over the head, each as fast as it computes the whole network alone. */
  private static OptionalDouble ideal(ShownPlan plan) {
    ClusterProfile profile = plan.planned().request().profile();
    double head = profile.device(plan.planned().plan().head()).wholeModelNanos();
    double ideal =
        profile.devices().stream().mapToDouble(device -> head / device.wholeModelNanos()).sum();
    boolean compared = plan.explanation().undivided().nanos().isPresent();
    return compared && profile.devices().size() > 1 && Double.isFinite(ideal)
        ? OptionalDouble.of(ideal)
        : OptionalDouble.empty();
  }

  /** The newest of those that are listed; the shown and the pinned one are always among them. */
  private static List<HistoryItem> comparable(
      ShownPlan plan, RunsViewModel runs, Optional<HistoryItem> pinned, int shownNumber) {
    List<HistoryItem> same =
        runs.items().stream()
            .filter(run -> sameNetwork(run, plan))
            .sorted(HistoryOrder.NEWEST.comparator())
            .toList();
    Set<HistoryItem> wanted = new LinkedHashSet<>();
    runs.allProperty().get().find(shownNumber).ifPresent(wanted::add);
    pinned.ifPresent(wanted::add);
    same.stream().limit(MOST_RUNS).forEach(wanted::add);
    return wanted.stream().limit(MOST_RUNS).sorted(HistoryOrder.NEWEST.comparator()).toList();
  }

  private static boolean sameNetwork(HistoryItem item, ShownPlan plan) {
    return item.head().model().id().equals(plan.model().id())
        && item.head().model().input().equals(plan.picture().graph().input());
  }

  private static String objections(List<HistoryItem> runs, HistoryItem pinned) {
    List<String> reasons =
        runs.stream()
            .flatMap(run -> Fairness.objection(run.head(), pinned.head()).stream())
            .toList();
    return reasons.isEmpty()
        ? ""
        : " · %d not compared with %s: %s"
            .formatted(
                reasons.size(), pinned.label(), String.join(", ", new LinkedHashSet<>(reasons)));
  }

  private static SpeedupTable.Row predicted(ShownPlan plan) {
    double latency = Math.max(1, plan.predicted().latencyNanos());
    OptionalDouble local = plan.explanation().undivided().nanos();
    return new SpeedupTable.Row(
        plan.typedIn() ? "plan by " + plan.basis() : plan.basis() + " plan",
        local.isPresent()
            ? Optional.of(SpeedupBar.exactly(local.getAsDouble() / latency))
            : Optional.empty(),
        plan.predictedRemoteNanos().map(nanos -> SpeedupBar.exactly(nanos / latency)),
        Optional.empty(),
        true,
        false);
  }

  private static SpeedupTable.Row measured(
      HistoryItem run, boolean current, boolean sayDevices, Optional<HistoryItem> pinned) {
    Times times = run.head().times();
    return new SpeedupTable.Row(
        run.label() + " " + run.title() + (sayDevices ? " · " + devices(run) + " dev." : ""),
        times.batches().local().map(base -> SpeedupBar.of(base, times.batches().plan())),
        times.batches().remote().map(base -> SpeedupBar.of(base, times.batches().plan())),
        pinned
            .filter(item -> Fairness.objection(run.head(), item.head()).isEmpty())
            .map(
                item ->
                    SpeedupBar.of(item.head().times().batches().plan(), times.batches().plan())),
        current,
        true);
  }

  private static int devices(HistoryItem run) {
    return run.head().devices().size();
  }

  /** The speedups to draw. */
  public ObservableValue<SpeedupTable> tableProperty() {
    return table;
  }
}
