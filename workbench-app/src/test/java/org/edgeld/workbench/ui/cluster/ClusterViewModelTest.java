package org.edgeld.workbench.ui.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.ui.doubles.Agents;
import org.edgeld.workbench.ui.doubles.ListedDirectory;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.junit.jupiter.api.Test;

class ClusterViewModelTest {
  private final ListedDirectory directory = new ListedDirectory(Agents.cluster(3));
  private final ClusterViewModel model =
      new ClusterViewModel(
          directory,
          new JobViewModel(Runnable::run, Runnable::run, new BannerViewModel()),
          Runnable::run,
          Runnable::run);

  @Test
  void everyReadyAgentTakesPartAndTheFirstIsHead() {
    assertThat(model.selectionProperty().get().agentIds()).containsExactly("id-1", "id-2", "id-3");
    assertThat(model.items().get(0).head()).isTrue();
    assertThat(model.items().get(2).device()).contains(new DeviceId(2));
  }

  @Test
  void leavingAnAgentOutMovesTheLettersUp() {
    model.include(model.items().get(0), false);
    assertThat(model.selectionProperty().get().agentIds()).containsExactly("id-2", "id-3");
    assertThat(model.items().get(0).device()).isEmpty();
    assertThat(model.items().get(1).device()).contains(new DeviceId(0));
    model.include(model.items().get(0), true);
    assertThat(model.selectionProperty().get().agents()).hasSize(3);
  }

  @Test
  void anotherAgentCanBeTheHead() {
    model.makeHead(model.items().get(1));
    assertThat(model.selectionProperty().get().head()).isEqualTo(new DeviceId(1));
    assertThat(model.items().get(1).head()).isTrue();
    assertThat(model.items().get(0).head()).isFalse();
  }

  @Test
  void offlineAndRefusedAgentsAreListedButTakeNoPart() {
    List<KnownAgent> agents = new ArrayList<>(Agents.cluster(1));
    agents.add(
        Agents.with(
            2, 1, KnownAgent.Status.OFFLINE, KnownAgent.Source.DISCOVERED, "Not seen for 9 s."));
    agents.add(
        Agents.with(3, 1, KnownAgent.Status.REFUSED, KnownAgent.Source.ADDED, "Another key."));
    directory.set(agents);
    assertThat(model.items()).hasSize(3);
    assertThat(model.selectionProperty().get().agentIds()).containsExactly("id-1");
  }

  @Test
  void theSelectionKeepsQuietWhenOnlyAStatusChanges() {
    List<ClusterSelection> changes = new ArrayList<>();
    model.selectionProperty().addListener((o, was, is) -> changes.add(is));
    List<KnownAgent> busy = new ArrayList<>(Agents.cluster(3));
    busy.set(1, Agents.with(2, 0.5, KnownAgent.Status.BUSY, KnownAgent.Source.DISCOVERED, ""));
    directory.set(busy);
    assertThat(changes).isEmpty();
    assertThat(model.items().get(1).agent().status()).isEqualTo(KnownAgent.Status.BUSY);
  }

  @Test
  void addingSaysWhatIsWrong() {
    List<Optional<String>> answers = new ArrayList<>();
    model.add("nowhere", answers::add);
    model.add("10.0.0.9:4000", answers::add);
    assertThat(answers.get(0).orElseThrow()).contains("is not an agent's address");
    assertThat(answers.get(1))
        .contains("Nothing answers at 10.0.0.9:4000. Maybe the agent is not started.");
  }

  @Test
  void localAgentsStartAndStop() {
    LocalClusterForm form = new LocalClusterForm();
    form.agentsTextProperty().set("2");
    form.sharePercentProperty().set("20");
    model.startLocal(form.spec());
    assertThat(directory.started().get(0).emulation(1).cpuShare()).isEqualTo(0.2);
    assertThat(model.items()).hasSize(5);
    assertThat(model.hasLocal()).isTrue();
    model.stopLocal();
    assertThat(model.items()).hasSize(3);
  }

  @Test
  void agentsThatAreStartedOrAddedTakeThePlaceOfBoardsThatAreNotHere() {
    TypedBoards boards = new TypedBoards("", List.of("2xpi4:8:4"), 100, 0);
    String first = directory.agents().get(0).address().toString();
    List<Runnable> asked =
        List.of(
            () -> model.startLocal(new LocalClusterForm().spec()),
            () -> model.add(first, problem -> assertThat(problem).isEmpty()));
    for (Runnable action : asked) {
      model.plan(new Paper.Typed(boards));
      assertThat(model.selectionProperty().get().agents()).isEmpty();
      action.run();
      assertThat(model.selectionProperty().get().paper()).isEmpty();
      assertThat(model.selectionProperty().get().agents()).isNotEmpty();
    }
    model.plan(new Paper.Typed(boards));
    model.add("10.0.0.9:4000", problem -> assertThat(problem).isPresent());
    assertThat(model.selectionProperty().get().paper()).as("nothing answers").isPresent();
  }

  @Test
  void sharesAndLinksOfUnequalAgentsAreDealtOutInTurn() {
    LocalClusterForm form = new LocalClusterForm();
    form.agentsTextProperty().set("3");
    form.sharePercentProperty().set("20/10");
    form.linkProperty().set("1000 / 100 / 50");
    assertThat(form.spec().emulations())
        .containsExactly(
            new Emulation(0.2, 1_000_000_000, 0, 0),
            new Emulation(0.1, 100_000_000, 0, 0),
            new Emulation(0.2, 50_000_000, 0, 0));
    form.linkProperty().set("1000/100/50/20");
    assertThatThrownBy(form::spec).hasMessageContaining("has 4 numbers for 3 agents");
    form.linkProperty().set("1000/");
    assertThatThrownBy(form::spec).hasMessageContaining("(\"\") is not a number");
  }

  @Test
  void impossibleLocalClustersAreRefusedWithASentence() {
    LocalClusterForm form = new LocalClusterForm();
    form.sharePercentProperty().set("150");
    assertThatThrownBy(form::spec)
        .hasMessage("The CPU share (150) is out of range. Maybe use 1 to 100.");
    form.sharePercentProperty().set("a lot");
    assertThatThrownBy(form::spec).hasMessageContaining("is not a number");
  }
}
