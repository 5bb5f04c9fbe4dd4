package org.edgeld.workbench.ui.boards;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.prefs.BackingStoreException;
import java.util.prefs.Preferences;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.map.MapSelection;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.ui.WorkbenchViewModel;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.QueuedExecutor;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.export.ExportViewModel.Format;
import org.edgeld.workbench.ui.inspector.Inspection;
import org.edgeld.workbench.ui.inspector.InspectorViewModel;
import org.edgeld.workbench.ui.kpi.Kpi;
import org.edgeld.workbench.ui.kpi.KpiViewModel;
import org.edgeld.workbench.ui.map.MapViewModel;
import org.edgeld.workbench.ui.plan.ShownPlan;
import org.edgeld.workbench.ui.profile.ProfileViewModel;
import org.edgeld.workbench.ui.settings.PreferencesSettings;
import org.edgeld.workbench.ui.speedup.SpeedupViewModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boards that nobody owns, in a window with agents. */
class BoardsViewModelTest {
  private static final TypedBoards BENCH =
      new TypedBoards("bench", List.of("2xpi4:8:4:4000:50", "jetson:60"), 100, 0);

  @TempDir Path folder;

  private final QueuedExecutor background = new QueuedExecutor();
  private final UiFixture fixture = new UiFixture(Agents.cluster(3));
  private final WorkbenchViewModel model = open();

  private WorkbenchViewModel open() {
    WorkbenchViewModel opened = new WorkbenchViewModel(fixture.services(background), Runnable::run);
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

  private static List<String> names(ShownPlan plan) {
    return plan.devices().stream().map(device -> device.name()).toList();
  }

  @Test
  void typedBoardsArePlannedForInPlaceOfAgentsWhateverTheNetwork() {
    model.boards().use(BENCH);
    for (String network : List.of("fashion", "alexnet", "resnet18")) {
      choose(model, network);
      ShownPlan plan = shown(model);
      assertThat(plan.model().id()).isEqualTo(network);
      assertThat(names(plan)).containsExactly("pi4-1", "pi4-2", "jetson");
      assertThat(plan.estimated()).isFalse();
    }
    model.boards().useAgents();
    assertThat(names(shown(model))).containsExactly("board-1", "board-2", "board-3");
  }

  @Test
  void everyFigureSaysThatItIsTypedInNotMeasured() {
    model.boards().use(BENCH);
    ShownPlan plan = shown(model);
    assertThat(plan.provenance()).isEqualTo("typed in, not measured (bench)");
    assertThat(plan.basis()).isEqualTo("typed-in rates");
    assertThat(MapViewModel.badge(plan)).isEqualTo("typed in, not measured");
    assertThat(MapViewModel.content(plan).costCaption()).isEqualTo("typed-in ms");
    assertThat(ProfileViewModel.caption(plan)).isEqualTo("typed in, not measured, bench");
    assertThat(ProfileViewModel.regressions(plan)).startsWith("Typed in, not measured");
    SpeedupViewModel speedup = new SpeedupViewModel(model.shownProperty(), model.runs());
    assertThat(speedup.tableProperty().getValue().rows().get(0).label())
        .isEqualTo("plan by typed-in rates");
    StagePicture stage = plan.picture().stages().get(0);
    DeviceId busy =
        IntStream.range(0, 3)
            .mapToObj(DeviceId::new)
            .filter(device -> !stage.strips(0, device).isEmpty())
            .findFirst()
            .orElseThrow();
    MapSelection at = new MapSelection(0, stage.stage().block().layerStart(), busy);
    InspectorViewModel inspector =
        new InspectorViewModel(
            model.shownProperty(),
            new SimpleObjectProperty<>(Optional.of(at)),
            model.runs(),
            new SimpleObjectProperty<>(Optional.empty()));
    assertThat(inspector.inspectionProperty().getValue().orElseThrow().times())
        .extracting(Inspection.Bar::name)
        .containsExactly("typed-in rates");
  }

  @Test
  void nothingRunsOnBoardsThatAreNotHereAndTheReasonIsSaid() {
    model.boards().use(BENCH);
    shown(model);
    for (Runnable action : List.<Runnable>of(model::run, model::profile, model::refine)) {
      action.run();
      background.runAll();
      assertThat(model.banner().messageProperty().get())
          .startsWith("bench is planned for without being here")
          .endsWith("Maybe plan for agents again.");
      model.banner().dismiss();
    }
    assertThat(shown(model).run()).isEmpty();
  }

  @Test
  void aHeadThatCannotRunTheNetworkAloneHasNoSpeedup() {
    choose(model, "alexnet");
    model.boards().use(new TypedBoards("", List.of("small:8:4:100", "large:4"), 1000, 0));
    model.experiment().strategies().stream()
        .filter(strategy -> strategy.id().equals("remote"))
        .forEach(model.experiment().strategyProperty()::set);
    ShownPlan plan = shown(model);
    assertThat(plan.explanation().sentence())
        .contains(" MB on small, which has 100.0 MB.")
        .doesNotContain("Do not distribute");
    Kpi local =
        new KpiViewModel(model.shownProperty())
            .kpisProperty().getValue().stream()
                .filter(kpi -> kpi.title().equals("Speedup, local"))
                .findFirst()
                .orElseThrow();
    assertThat(List.of(local.value(), local.detail())).containsExactly("–", "does not fit A");
  }

  @Test
  void oneOfTheBoardsBecomesTheHead() {
    model.boards().use(BENCH);
    model.cluster().makeHead(new DeviceId(2));
    assertThat(shown(model).planned().plan().head()).isEqualTo(new DeviceId(2));
    model.cluster().makeHead(new DeviceId(7));
    assertThat(shown(model).planned().plan().head()).isEqualTo(new DeviceId(2));
  }

  @Test
  void whatWasTypedIsThereAtTheNextStart() {
    TypedBoards other = new TypedBoards("", List.of("6xpi4:8"), 1000, 0);
    model.boards().use(BENCH);
    model.boards().use(other);
    model.boards().use(BENCH);
    WorkbenchViewModel next = open();
    assertThat(next.boards().recent())
        .containsExactly(new RecentProfile.Typed(BENCH), new RecentProfile.Typed(other));
    assertThat(next.boards().last()).contains(BENCH);
    next.boards().use(next.boards().recent().get(1));
    assertThat(shown(next).devices()).hasSize(6);
    next.boards().forget(next.boards().recent().get(0));
    assertThat(open().boards().recent()).containsExactly(new RecentProfile.Typed(BENCH));
  }

  @Test
  void aSavedProfileIsFoundAgainByNameAndPlannedForWithoutItsDevices() {
    model.boards().use(BENCH);
    shown(model);
    Path file = folder.resolve("bench.profile.json");
    model.export().write(Format.PROFILE, file, (plan, path) -> {});
    background.runAll();
    model.boards().useAgents();
    model.modelFiles().open(file);
    ShownPlan plan = shown(model);
    assertThat(names(plan)).containsExactly("pi4-1", "pi4-2", "jetson");
    assertThat(plan.provenance()).endsWith("typed in, not measured (bench)");
    RecentProfile first = model.boards().recent().get(0);
    assertThat(first).isEqualTo(new RecentProfile.InFile("bench", "fashion", file));
    choose(model, "alexnet");
    background.runAll();
    assertThat(model.planning().problemProperty().get())
        .startsWith("The profile bench is of fashion with an input of ")
        .contains("Maybe");
    choose(model, "fashion");
    model.boards().useAgents();
    model.boards().use(first);
    assertThat(names(shown(model))).containsExactly("pi4-1", "pi4-2", "jetson");
  }

  @Test
  void aProfileOfTheAgentsThatAreHereIsTheirs() {
    model.profile();
    shown(model);
    Path file = folder.resolve("mine.profile.json");
    model.export().write(Format.PROFILE, file, (plan, path) -> {});
    background.runAll();
    model.boards().use(BENCH);
    model.modelFiles().open(file);
    ShownPlan plan = shown(model);
    assertThat(plan.devices()).isEqualTo(model.cluster().selectionProperty().get().infos());
    assertThat(plan.provenance())
        .isEqualTo("predicted from the measured profile mine.profile.json");
  }

  @Test
  void preferencesKeepProfilesInTheirOrder() throws BackingStoreException {
    Preferences node = Preferences.userRoot().node("org/edgeld/test-" + System.nanoTime());
    try {
      List<String> texts = List.of("typed\na\nb", "file\nx", "y".repeat(9000));
      new PreferencesSettings(node).recentProfiles(texts);
      assertThat(new PreferencesSettings(node).recentProfiles())
          .as("one that is too long is left out")
          .isEqualTo(texts.subList(0, 2));
      new PreferencesSettings(node).recentProfiles(List.of("file\nx"));
      assertThat(new PreferencesSettings(node).recentProfiles()).containsExactly("file\nx");
      assertThat(Optional.of(node.get("profile.1", ""))).contains("");
    } finally {
      node.removeNode();
    }
  }
}
