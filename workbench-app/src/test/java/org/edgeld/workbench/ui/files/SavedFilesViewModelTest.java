package org.edgeld.workbench.ui.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.refine.TimedSteps;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.export.ExportViewModel.Format;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedFilesViewModelTest {
  @TempDir Path folder;

  private final QueuedExecutor background = new QueuedExecutor();
  private final UiFixture fixture = new UiFixture(Agents.cluster(3));
  private final WorkbenchViewModel model = open(fixture);

  private WorkbenchViewModel open(UiFixture services) {
    WorkbenchViewModel opened =
        new WorkbenchViewModel(services.services(background), Runnable::run);
    choose(opened, "fashion");
    return opened;
  }

  private static void choose(WorkbenchViewModel window, String network) {
    window.experiment().models().stream()
        .filter(choice -> choice.id().equals(network))
        .forEach(window.experiment().modelProperty()::set);
  }

  private ShownPlan shown(WorkbenchViewModel window) {
    background.runAll();
    return window.shownProperty().get().orElseThrow();
  }

  private Path save(Format format) {
    shown(model);
    Path file = folder.resolve("saved." + format.extension());
    model.export().write(format, file, (plan, path) -> {});
    background.runAll();
    assertThat(file).isRegularFile();
    return file;
  }

  private static String banner(WorkbenchViewModel window) {
    return window.banner().messageProperty().get();
  }

  private static List<List<LayerTimes>> times(ShownPlan plan) {
    return plan.planned().request().profile().devices().stream()
        .map(DeviceProfile::layers)
        .toList();
  }

  @Test
  void aSavedPlanIsShownAgainUntilAnotherChoiceIsMade() {
    model.experiment().routingProperty().set(Routing.HEAD);
    ShownPlan saved = shown(model);
    Path file = save(Format.PLAN);
    WorkbenchViewModel other = open(new UiFixture(Agents.cluster(3)));
    other.modelFiles().open(file);
    assertThat(shown(other).planned().plan()).isEqualTo(saved.planned().plan());
    assertThat(other.experiment().routingProperty().get()).isEqualTo(Routing.HEAD);
    assertThat(other.experiment().loadedProperty().get().orElseThrow().file())
        .isEqualTo("saved.plan.json");
    other.experiment().routingProperty().set(Routing.PEER);
    assertThat(other.experiment().loadedProperty().get()).isEmpty();
    assertThat(shown(other).planned().plan().routing()).isEqualTo(Routing.PEER);
  }

  @Test
  void theHeadOfASavedPlanBecomesTheHead() {
    model.cluster().makeHead(model.cluster().items().get(2));
    Path file = save(Format.PLAN);
    WorkbenchViewModel other = open(new UiFixture(Agents.cluster(3)));
    other.modelFiles().open(file);
    background.runAll();
    assertThat(other.cluster().selectionProperty().get().head()).isEqualTo(new DeviceId(2));
    assertThat(other.experiment().loadedProperty().get()).isPresent();
  }

  @Test
  void anEditedPlanIsRunAsItIs() throws Exception {
    Path file = save(Format.PLAN);
    String peer = Files.readString(file);
    Files.writeString(file, peer.replaceFirst("\"routing\" : \"peer\"", "\"routing\" : \"head\""));
    model.modelFiles().open(file);
    assertThat(shown(model).planned().plan().routing()).isEqualTo(Routing.HEAD);
    model.run();
    assertThat(shown(model).run()).isPresent();
    assertThat(shown(model).planned().plan().routing()).isEqualTo(Routing.HEAD);
  }

  @Test
  void aPlanForOtherDevicesSaysHowManyItNeeds() {
    Path file = save(Format.PLAN);
    fixture.directory().set(Agents.cluster(2));
    model.modelFiles().open(file);
    background.runAll();
    assertThat(model.planning().problemProperty().get())
        .isEqualTo(
            "The devices of the plan saved.plan.json (3) are not as many as take part (2). Maybe"
                + " tick 3 agents.");
    model.experiment().planAnew();
    assertThat(shown(model).devices()).hasSize(2);
  }

  @Test
  void aSavedProfileIsThatOfTheAgentsThatAreThere() {
    model.profile();
    ShownPlan measured = shown(model);
    Path file = save(Format.PROFILE);
    WorkbenchViewModel other = open(new UiFixture(Agents.cluster(3)));
    assertThat(shown(other).estimated()).isTrue();
    other.modelFiles().open(file);
    ShownPlan known = shown(other);
    assertThat(known.estimated()).isFalse();
    assertThat(times(known)).isEqualTo(times(measured));
    assertThat(known.devices()).isEqualTo(measured.devices());
    assertThat(other.cluster().items().get(0).figures()).isPresent();
  }

  @Test
  void withoutAgentsAProfileIsPlannedForOnPaper() {
    model.profile();
    ShownPlan measured = shown(model);
    Path file = save(Format.PROFILE);
    WorkbenchViewModel other = open(new UiFixture(List.of()));
    assertThat(shown(other).example()).isTrue();
    other.modelFiles().open(file);
    assertThat(shown(other).example()).isFalse();
    assertThat(times(shown(other))).isEqualTo(times(measured));
  }

  @Test
  void aProfileOfOtherDevicesThanTheAgentsIsPlannedForOnPaper() {
    model.profile();
    ShownPlan measured = shown(model);
    Path file = save(Format.PROFILE);
    WorkbenchViewModel elsewhere = open(new UiFixture(List.of(Agents.ready(7, 1))));
    elsewhere.modelFiles().open(file);
    assertThat(times(shown(elsewhere))).isEqualTo(times(measured));
    assertThat(elsewhere.cluster().selectionProperty().get().agents()).isEmpty();
    elsewhere.cluster().planForAgents();
    assertThat(shown(elsewhere).devices()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsSaidAndEverythingStays() throws Exception {
    model.profile();
    shown(model);
    Path plan = save(Format.PLAN);
    Path result = Files.writeString(folder.resolve("result.json"), "{\"format\": \"other\"}");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{");
    ShownPlan before = shown(model);
    refused(model, result, "is neither a saved plan nor a saved profile");
    refused(model, broken, "is no JSON");
    refused(model, folder.resolve("missing.json"), "there is no such file");
    assertThat(shown(model)).isEqualTo(before);
    choose(model, "alexnet");
    refused(model, plan, "model (fashion) is not alexnet. Maybe choose the model fashion");
    assertThat(model.experiment().loadedProperty().get()).isEmpty();
  }

  private void refused(WorkbenchViewModel window, Path file, String words) {
    window.modelFiles().open(file);
    background.runAll();
    assertThat(banner(window)).contains(words);
    assertThat(banner(window)).contains("Maybe");
    window.banner().dismiss();
  }

  @Test
  void anEstimateIsNotSavedAsAProfile() {
    shown(model);
    assertThat(model.export().missing(Format.PROFILE))
        .isEqualTo(
            Optional.of("Nothing was measured yet. Maybe profile the agents (Ctrl+P) first."));
  }

  @Test
  void refiningTimesEveryStepOfThePlanAndIsSaved() {
    model.refine();
    ShownPlan refined = shown(model);
    TimedSteps steps = TimedSteps.of(refined.planned());
    assertThat(steps.timed()).isEqualTo(steps.all()).isPositive();
    assertThat(refined.provenance())
        .isEqualTo("predicted, %d of %d steps timed".formatted(steps.timed(), steps.all()));
    Path file = save(Format.PROFILE);
    WorkbenchViewModel other = open(new UiFixture(Agents.cluster(3)));
    other.modelFiles().open(file);
    assertThat(TimedSteps.of(shown(other).planned())).isEqualTo(steps);
  }

  @Test
  void aPlanFromAFileIsRefinedWithoutChangingIt() {
    model.experiment().routingProperty().set(Routing.HEAD);
    Path file = save(Format.PLAN);
    model.modelFiles().open(file);
    ShownPlan before = shown(model);
    model.refine();
    ShownPlan after = shown(model);
    assertThat(after.planned().plan()).isEqualTo(before.planned().plan());
    assertThat(TimedSteps.of(after.planned()).timed()).isPositive();
    assertThat(model.experiment().loadedProperty().get()).isPresent();
  }

  @Test
  void aCancelledRefinementLeavesThePlan() {
    model.profile();
    ShownPlan before = shown(model);
    model.refine();
    model.job().cancel();
    assertThat(shown(model)).isEqualTo(before);
    assertThat(model.job().whatProperty().get()).isEqualTo("Cancelled.");
  }

  @Test
  void refiningWithoutAgentsSaysWhatToDo() {
    fixture.directory().set(List.of());
    model.refine();
    assertThat(banner(model)).contains("start a local cluster");
    assertThat(model.job().runningProperty().get()).isFalse();
  }
}
