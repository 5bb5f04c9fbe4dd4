package org.edgeld.workbench.ui.speedup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;
import org.edgeld.workbench.chart.speedup.SpeedupBar;
import org.edgeld.workbench.chart.speedup.SpeedupTable;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.runs.RunsViewModel;

/** The newest runs of the shown model, and the prediction for the present choices. */
public final class SpeedupViewModel {
  private static final int MOST_RUNS = 5;

  private final ObjectBinding<SpeedupTable> table;

  /**
   * @param shown what the window shows
   * @param runs of this session
   */
  public SpeedupViewModel(ObservableValue<Optional<ShownPlan>> shown, RunsViewModel runs) {
    this.table =
        Bindings.createObjectBinding(
            () -> shown.getValue().map(plan -> table(plan, runs.runs())).orElse(empty()),
            shown,
            runs.runs());
  }

  private static SpeedupTable empty() {
    return new SpeedupTable(List.of(), "");
  }

  private static SpeedupTable table(ShownPlan plan, List<RunEntry> runs) {
    List<SpeedupTable.Row> rows = new ArrayList<>();
    if (plan.run().isEmpty()) {
      rows.add(predicted(plan));
    }
    List<RunEntry> comparable =
        runs.stream().filter(run -> run.shown().sameModel(plan)).limit(MOST_RUNS).toList();
    int number = plan.run().map(ShownPlan.MeasuredRun::number).orElse(-1);
    boolean sizesDiffer =
        comparable.stream().anyMatch(run -> devices(run) != plan.devices().size());
    for (RunEntry run : comparable) {
      rows.add(measured(run, run.number() == number, sizesDiffer));
    }
    boolean emulated =
        comparable.stream().anyMatch(run -> run.report().result().emulated())
            || (comparable.isEmpty() && plan.emulated());
    String caption =
        (emulated ? "emulated devices · " : "")
            + (comparable.isEmpty() ? plan.provenance() : "95 % intervals");
    return new SpeedupTable(rows, caption);
  }

  private static SpeedupTable.Row predicted(ShownPlan plan) {
    double latency = Math.max(1, plan.predicted().latencyNanos());
    return new SpeedupTable.Row(
        plan.estimated() ? "this plan, estimated" : "this plan, predicted",
        Optional.of(SpeedupBar.exactly(plan.picture().localNanos() / latency)),
        plan.predictedRemoteNanos().map(nanos -> SpeedupBar.exactly(nanos / latency)),
        true,
        false);
  }

  private static SpeedupTable.Row measured(RunEntry run, boolean current, boolean sayDevices) {
    RunResult result = run.report().result();
    return new SpeedupTable.Row(
        "#"
            + run.number()
            + " "
            + run.description()
            + (sayDevices ? " · " + devices(run) + " dev." : ""),
        result.baselineLocal().map(base -> SpeedupBar.of(base, result.latency())),
        result.baselineRemote().map(base -> SpeedupBar.of(base, result.latency())),
        current,
        true);
  }

  private static int devices(RunEntry run) {
    return run.shown().devices().size();
  }

  /** The speedups to draw. */
  public ObservableValue<SpeedupTable> tableProperty() {
    return table;
  }
}
