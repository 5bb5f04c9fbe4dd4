package org.edgeld.workbench.ui.boards;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.workbench.profile.TypedBoards;
import org.edgeld.workbench.ui.cluster.ClusterViewModel;
import org.edgeld.workbench.ui.cluster.Paper;
import org.edgeld.workbench.ui.settings.UiSettings;

/** Plans for boards that are typed in or for saved profiles, and remembers them. */
public final class BoardsViewModel {
  private static final int MOST_RECENT = 12;

  private final UiSettings settings;
  private final ClusterViewModel cluster;
  private final Consumer<Path> openFile;
  private final ObservableList<RecentProfile> recent = FXCollections.observableArrayList();

  /**
   * @param settings remember what was used
   * @param cluster takes the boards in place of its agents
   * @param openFile opens a saved profile
   */
  public BoardsViewModel(UiSettings settings, ClusterViewModel cluster, Consumer<Path> openFile) {
    this.settings = settings;
    this.cluster = cluster;
    this.openFile = openFile;
    settings.recentProfiles().stream()
        .flatMap(text -> RecentProfile.parse(text).stream())
        .forEach(recent::add);
  }

  /** Plans for boards from now on, and remembers them. */
  public void use(TypedBoards boards) {
    remember(new RecentProfile.Typed(boards));
    cluster.plan(new Paper.Typed(boards));
  }

  /** Plans for something that was used before. */
  public void use(RecentProfile profile) {
    if (profile instanceof RecentProfile.Typed typed) {
      use(typed.boards());
    } else if (profile instanceof RecentProfile.InFile saved) {
      openFile.accept(saved.file());
    }
  }

  /** Puts a profile at the top of the list. */
  public void remember(RecentProfile profile) {
    List<RecentProfile> all = new ArrayList<>(List.of(profile));
    recent.stream().filter(other -> !profile.replaces(other)).forEach(all::add);
    keep(all.subList(0, Math.min(MOST_RECENT, all.size())));
  }

  /** Takes a profile off the list; a file stays where it is. */
  public void forget(RecentProfile profile) {
    keep(recent.stream().filter(other -> !other.equals(profile)).toList());
  }

  private void keep(List<RecentProfile> profiles) {
    List<RecentProfile> kept = List.copyOf(profiles);
    recent.setAll(kept);
    settings.recentProfiles(kept.stream().map(RecentProfile::text).toList());
  }

  /** Plans for the agents again. */
  public void useAgents() {
    cluster.planForAgents();
  }

  /** What was used, the newest first. */
  public ObservableList<RecentProfile> recent() {
    return recent;
  }

  /** Returns the boards that a form begins with: those that are planned for, or the newest. */
  Optional<TypedBoards> last() {
    return cluster
        .selectionProperty()
        .get()
        .paper()
        .filter(Paper.Typed.class::isInstance)
        .map(paper -> ((Paper.Typed) paper).boards())
        .or(
            () ->
                recent.stream()
                    .filter(RecentProfile.Typed.class::isInstance)
                    .map(profile -> ((RecentProfile.Typed) profile).boards())
                    .findFirst());
  }

  /** What is planned for in place of agents; empty while agents are. */
  public ObservableValue<Optional<Paper>> paperProperty() {
    return cluster.selectionProperty().map(selection -> selection.paper());
  }
}
