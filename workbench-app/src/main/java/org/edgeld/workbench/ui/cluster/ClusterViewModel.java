package org.edgeld.workbench.ui.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.JobViewModel;

/** The agents, which of them take part, and which is the head. Used on the window's thread. */
public final class ClusterViewModel {
  private final AgentDirectory directory;
  private final JobViewModel job;
  private final Executor background;
  private final Executor ui;
  private final ObservableList<AgentItem> items = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<ClusterSelection> selection =
      new ReadOnlyObjectWrapper<>(ClusterSelection.EMPTY);
  private final Set<String> excluded = new HashSet<>();
  private List<KnownAgent> known = List.of();
  private Optional<String> head = Optional.empty();
  private final ReadOnlyObjectWrapper<Map<String, AgentFigures>> figures =
      new ReadOnlyObjectWrapper<>(Map.of());
  private Optional<Paper> paper = Optional.empty();
  private DeviceId paperHead = new DeviceId(0);

  /**
   * @param directory knows the agents
   * @param job runs long actions
   * @param background where blocking calls run
   * @param ui runs tasks on the window's thread
   */
  public ClusterViewModel(
      AgentDirectory directory, JobViewModel job, Executor background, Executor ui) {
    this.directory = directory;
    this.job = job;
    this.background = background;
    this.ui = ui;
    directory.onChange(agents -> ui.execute(() -> update(agents)));
    update(directory.agents());
  }

  private void update(List<KnownAgent> agents) {
    known = List.copyOf(agents);
    rebuild();
  }

  private void rebuild() {
    List<KnownAgent> chosen = paper.isPresent() ? List.of() : ticked();
    int headIndex = 0;
    for (int i = 0; i < chosen.size(); i++) {
      if (head.isPresent() && head.get().equals(AgentItem.keyOf(chosen.get(i)))) {
        headIndex = i;
      }
    }
    List<AgentItem> next = new ArrayList<>();
    for (KnownAgent agent : known) {
      String key = AgentItem.keyOf(agent);
      int place = chosen.indexOf(agent);
      next.add(
          new AgentItem(
              agent,
              !excluded.contains(key),
              place < 0 ? Optional.empty() : Optional.of(new DeviceId(place)),
              place >= 0 && place == headIndex,
              Optional.ofNullable(figures.get().get(key))));
    }
    if (!next.equals(items)) {
      items.setAll(next);
    }
    ClusterSelection now =
        paper.isPresent()
            ? new ClusterSelection(List.of(), paperHead, paper)
            : chosen.isEmpty()
                ? ClusterSelection.EMPTY
                : new ClusterSelection(chosen, new DeviceId(headIndex));
    if (!now.sameDevices(selection.get())) {
      selection.set(now);
    }
  }

  /** Returns the agents that take part, or would if nothing else were planned for. */
  public List<KnownAgent> ticked() {
    return known.stream()
        .filter(agent -> AgentItem.usable(agent) && !excluded.contains(AgentItem.keyOf(agent)))
        .toList();
  }

  /** Plans for devices that are not there from now on; the first is the head. */
  public void plan(Paper devices) {
    paper = Optional.of(devices);
    paperHead = new DeviceId(0);
    rebuild();
  }

  /** Plans for the agents again. */
  public void planForAgents() {
    paper = Optional.empty();
    rebuild();
  }

  /** All agents, those that take no part included. */
  public ObservableList<AgentItem> items() {
    return items;
  }

  /** The agents that take part; changes only when devices or head change, not with their status. */
  public ReadOnlyObjectProperty<ClusterSelection> selectionProperty() {
    return selection.getReadOnlyProperty();
  }

  /** What is known of the devices, by the ids of agents or the names of other devices. */
  public ReadOnlyObjectProperty<Map<String, AgentFigures>> figuresProperty() {
    return figures.getReadOnlyProperty();
  }

  /** Lets an agent take part, or leaves it out. */
  public void include(AgentItem item, boolean takesPart) {
    if (takesPart) {
      excluded.remove(item.key());
    } else {
      excluded.add(item.key());
    }
    rebuild();
  }

  /** Makes an agent the head, taking part if it did not. */
  public void makeHead(AgentItem item) {
    head = Optional.of(item.key());
    excluded.remove(item.key());
    rebuild();
  }

  /** Makes one of the devices that take part the head, if there is such a device. */
  public void makeHead(DeviceId device) {
    if (paper.isPresent()) {
      paperHead = device.index() < paper.get().names().size() ? device : paperHead;
      rebuild();
      return;
    }
    items.stream()
        .filter(item -> item.device().equals(Optional.of(device)))
        .findFirst()
        .ifPresent(this::makeHead);
  }

  /** Shows measured figures by agent id, in place of earlier ones. */
  public void showFigures(Map<String, AgentFigures> measured) {
    figures.set(Map.copyOf(measured));
    rebuild();
  }

  /** Looks for agents. */
  public void refresh() {
    job.start("Looking for agents…", monitor -> publish(directory.discover(monitor)));
  }

  /** Starts emulated agents on this computer, and plans for agents once they are there. */
  public void startLocal(LocalClusterSpec spec) {
    job.start(
        "Starting a local cluster of " + spec.agents() + "…",
        monitor -> {
          directory.startLocal(spec, monitor);
          publish(directory.agents());
          ui.execute(this::planForAgents);
        });
  }

  /** Stops the agents that were started here. */
  public void stopLocal() {
    job.start(
        "Stopping the local cluster…",
        monitor -> {
          directory.stopLocal();
          publish(directory.agents());
        });
  }

  private void publish(List<KnownAgent> agents) {
    ui.execute(() -> update(agents));
  }

  /**
   * Adds an agent by its address, and plans for agents once it is there.
   *
   * @param text {@code host:port}
   * @param done told on the window's thread what is wrong, or nothing if the agent was added
   */
  public void add(String text, Consumer<Optional<String>> done) {
    AgentAddress address;
    try {
      address = AgentAddress.parse(text.trim());
    } catch (IllegalArgumentException e) {
      done.accept(Optional.of(e.getMessage()));
      return;
    }
    background.execute(
        () -> {
          try {
            directory.add(address);
            publish(directory.agents());
            ui.execute(this::planForAgents);
            ui.execute(() -> done.accept(Optional.empty()));
          } catch (Exception e) {
            String sentence = Failures.sentence(e);
            ui.execute(() -> done.accept(Optional.of(sentence)));
          }
        });
  }

  /** Forgets an agent that was added by hand. */
  public void remove(AgentItem item) {
    AgentAddress address = item.agent().address();
    background.execute(
        () -> {
          directory.remove(address);
          publish(directory.agents());
        });
  }

  /** Tells whether agents run that were started here. */
  public boolean hasLocal() {
    return known.stream().anyMatch(agent -> agent.source() == KnownAgent.Source.LOCAL);
  }
}
