package org.edgeld.workbench.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.export.ExportViewModel;
import org.edgeld.workbench.ui.kpi.KpiViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.runs.RunEntry;
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
    background.runAll();
    assertThat(Files.readAllLines(file)).hasSize(2);
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
  }
}
