package org.edgeld.workbench.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.program.Precision;
import org.edgeld.workbench.chart.timeline.TimelineChart;
import org.edgeld.workbench.compare.Comparison;
import org.edgeld.workbench.compare.Outcome;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.export.ExportViewModel;
import org.edgeld.workbench.ui.kpi.Kpi;
import org.edgeld.workbench.ui.kpi.KpiViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunEntry;
import org.edgeld.workbench.ui.timeline.TimelineViewModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbenchViewModelTest {
  private final QueuedExecutor background = new QueuedExecutor();
  private final UiFixture fixture = new UiFixture(Agents.cluster(4));
  private final WorkbenchViewModel model =
      new WorkbenchViewModel(fixture.services(background), Runnable::run);

  private ShownPlan shown() {
    background.runAll();
    return model.shownProperty().get().orElseThrow();
  }

  @Test
  void anEstimatedPlanIsShownBeforeAnythingWasMeasured() {
    assertThat(shown().estimated()).isTrue();
    assertThat(shown().provenance()).isEqualTo("estimated, not measured");
    assertThat(shown().devices()).hasSize(4);
  }

  @Test
  void withoutAgentsFourDevicesAreImagined() {
    fixture.directory().set(List.of());
    assertThat(shown().example()).isTrue();
    assertThat(shown().provenance()).contains("4 equal devices imagined");
  }

  @Test
  void everyChangeOfMindPlansAgain() {
    long peer = shown().picture().bytesMoved();
    model.experiment().routingProperty().set(Routing.HEAD);
    assertThat(shown().planned().plan().routing()).isEqualTo(Routing.HEAD);
    assertThat(shown().picture().bytesMoved()).isGreaterThan(peer);
  }

  @Test
  void slicesInFewerBitsArePlannedAndWhatTheyChangeIsShown() {
    long plain = shown().picture().bytesMoved();
    long nanos = shown().predicted().latencyNanos();
    model.experiment().precisionProperty().set(Precision.FLOAT16);
    assertThat(shown().picture().bytesMoved()).isEqualTo(plain / 2);
    assertThat(shown().predicted().latencyNanos()).isLessThan(nanos);
    model.run();
    assertThat(shown().run()).isPresent();
    assertThat(model.runs().runs().get(0).description()).isEqualTo("ocbp · pools · peer · float16");
    List<Kpi> kpis = new KpiViewModel(model.shownProperty()).kpisProperty().getValue();
    assertThat(kpis.get(4).detail()).startsWith("float16, ");
    assertThat(kpis.get(5).value()).isEqualTo("3.1e-06");
    assertThat(kpis.get(5).detail()).isEqualTo("same class 100 %");
    assertThat(kpis.get(5).explanation()).contains("because slices travelled as float16");
  }

  @Test
  void profilingReplacesTheEstimate() {
    shown();
    model.profile();
    assertThat(shown().estimated()).isFalse();
    assertThat(model.cluster().items().get(0).figures()).isPresent();
  }

  @Test
  void aRunIsShownAndCompared() {
    shown();
    model.run();
    assertThat(shown().run()).isPresent();
    assertThat(model.runs().runs()).hasSize(1);
    assertThat(model.runs().runs().get(0).description()).isEqualTo("ocbp · pools · peer");
    assertThat(new KpiViewModel(model.shownProperty()).kpisProperty().getValue().get(0).detail())
        .matches("[\\d.]+–[\\d.]+ m?s");
  }

  @Test
  void changingAChoiceAfterARunShowsThePlanAgain() {
    shown();
    model.run();
    shown();
    model.experiment().routingProperty().set(Routing.HEAD);
    assertThat(shown().run()).isEmpty();
    RunEntry run = model.runs().runs().get(0);
    model.runs().selectedProperty().set(Optional.of(run));
    assertThat(shown().run()).isPresent();
  }

  @Test
  void aFailedRunIsSaidAndLeavesThePlan() {
    shown();
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              throw new RunFailedException(
                  "Device B stopped at step 4. Maybe it is out of memory.");
            });
    model.run();
    assertThat(shown().run()).isEmpty();
    assertThat(model.banner().messageProperty().get()).startsWith("Device B stopped at step 4.");
  }

  @Test
  void aRunWithoutAgentsSaysWhatToDo() {
    fixture.directory().set(List.of());
    model.run();
    assertThat(model.banner().messageProperty().get()).contains("start a local cluster");
    assertThat(model.job().runningProperty().get()).isFalse();
  }

  @Test
  void impossibleChoicesAreExplainedAndNothingIsShown() {
    fixture.directory().set(Agents.cluster(1));
    model.experiment().strategies().stream()
        .filter(strategy -> strategy.id().equals("remote"))
        .forEach(model.experiment().strategyProperty()::set);
    background.runAll();
    assertThat(model.planning().problemProperty().get()).isNotEmpty();
    assertThat(model.shownProperty().get()).isEmpty();
  }

  @Test
  void runsAreExportedAsCsv(@TempDir Path folder) throws Exception {
    shown();
    model.run();
    shown();
    Path file = folder.resolve("runs.csv");
    model.export().write(ExportViewModel.Format.CSV, file, (plan, path) -> {});
    assertThat(model.export().lastFileProperty().get()).as("not written yet").isEmpty();
    background.runAll();
    assertThat(Files.readAllLines(file)).hasSize(2);
    assertThat(model.export().lastFileProperty().get()).isEqualTo(file.toString());
  }

  @Test
  void anExportDuringAnotherJobIsRefusedAndNotSaidToBeWritten(@TempDir Path folder) {
    shown();
    model.run();
    shown();
    model.run();
    Path file = folder.resolve("runs.csv");
    model.export().write(ExportViewModel.Format.CSV, file, (plan, path) -> {});
    assertThat(model.banner().messageProperty().get()).startsWith("Another job is under way.");
    background.runAll();
    assertThat(file).doesNotExist();
    assertThat(model.export().lastFileProperty().get()).isEmpty();
  }

  @Test
  void anUnwritableFileIsSaid(@TempDir Path folder) {
    shown();
    model.run();
    shown();
    model
        .export()
        .write(ExportViewModel.Format.JSON, folder.resolve("missing/run.json"), (plan, path) -> {});
    background.runAll();
    assertThat(model.banner().messageProperty().get()).contains("missing");
    assertThat(model.export().lastFileProperty().get()).isEmpty();
  }

  @Test
  void thePredictionIsLaidOverAMeasuredFrame() {
    TimelineViewModel timeline = new TimelineViewModel(model.shownProperty());
    timeline.predictedProperty().set(true);
    ShownPlan plan = shown();
    TimelineChart before = timeline.chartProperty().getValue().orElseThrow();
    assertThat(before.first()).isEqualTo(plan.planned().prediction());
    assertThat(before.second()).isEmpty();
    assertThat(timeline.measuredProperty().getValue()).isFalse();

    model.run();
    ShownPlan run = shown();
    TimelineChart after = timeline.chartProperty().getValue().orElseThrow();
    assertThat(after.first()).isEqualTo(run.run().orElseThrow().result().medianTrace());
    assertThat(after.second()).contains(run.planned().prediction());
    assertThat(timeline.measuredProperty().getValue()).isTrue();
    assertThat(timeline.captionProperty().getValue()).contains("predicted as outlines");
    timeline.predictedProperty().set(false);
    assertThat(timeline.chartProperty().getValue().orElseThrow().second()).isEmpty();
  }

  private Comparison compared() {
    model.comparison().compare();
    background.runAll();
    return model.comparison().comparisonProperty().get().orElseThrow();
  }

  @Test
  void allStrategiesAreComparedAndOneIsChosen() {
    shown();
    Comparison compared = compared();
    assertThat(compared.outcomes()).hasSize(model.experiment().strategies().size());
    assertThat(model.comparison().captionProperty().getValue()).isEqualTo(shown().provenance());
    assertThat(model.comparison().strategyProperty().getValue()).isEqualTo("ocbp");

    Outcome.Planned best = compared.plans().get(0);
    model.comparison().choose(best);
    assertThat(shown().planned().request().method().strategy()).isEqualTo(best.strategy());
    assertThat(shown().planned().prediction()).isEqualTo(best.run().prediction());
    // another strategy is no reason to compare again, another routing is
    assertThat(model.comparison().captionProperty().getValue()).isEqualTo(shown().provenance());
    model.experiment().routingProperty().set(Routing.HEAD);
    shown();
    assertThat(model.comparison().captionProperty().getValue()).contains("compare again");
  }

  @Test
  void aStrategyWithoutAPlanSaysWhyAndIsNotChosen() {
    fixture.directory().set(Agents.cluster(1));
    shown();
    Comparison compared = compared();
    Outcome none = compared.outcomes().get(compared.outcomes().size() - 1);
    assertThat(none).isInstanceOf(Outcome.Infeasible.class);
    assertThat(model.comparison().reasons())
        .startsWith(model.comparison().title(none) + " has no plan: ");
    model.comparison().choose(none);
    assertThat(model.comparison().strategyProperty().getValue()).isEqualTo("ocbp");
    assertThat(model.comparison().speedup(none)).isEqualTo("–");
  }

  @Test
  void aCancelledComparisonLeavesTheOneBefore() {
    shown();
    Comparison before = compared();
    model.comparison().compare();
    model.job().cancel();
    background.runAll();
    assertThat(model.comparison().comparisonProperty().get()).containsSame(before);
    assertThat(model.job().whatProperty().get()).isEqualTo("Cancelled.");
  }
}
