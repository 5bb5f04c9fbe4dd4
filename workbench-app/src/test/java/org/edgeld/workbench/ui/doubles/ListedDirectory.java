package org.edgeld.workbench.ui.doubles;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.job.JobMonitor;

/** Knows the agents it is told of; adding by address finds those of them only. */
public final class ListedDirectory implements AgentDirectory {
  private final List<KnownAgent> agents = new CopyOnWriteArrayList<>();
  private final List<Consumer<List<KnownAgent>>> listeners = new CopyOnWriteArrayList<>();
  private final List<LocalClusterSpec> started = new CopyOnWriteArrayList<>();

  /** Called when local agents were started. */
  public Runnable onStart = () -> {};

  public ListedDirectory(List<KnownAgent> agents) {
    this.agents.addAll(agents);
  }

  /** Replaces the agents and tells the listeners. */
  public void set(List<KnownAgent> now) {
    agents.clear();
    agents.addAll(now);
    listeners.forEach(listener -> listener.accept(agents()));
  }

  /** Returns what was asked of {@link #startLocal}. */
  public List<LocalClusterSpec> started() {
    return List.copyOf(started);
  }

  @Override
  public List<KnownAgent> agents() {
    return List.copyOf(agents);
  }

  @Override
  public void onChange(Consumer<List<KnownAgent>> listener) {
    listeners.add(listener);
  }

  @Override
  public void startWatching() {}

  @Override
  public List<KnownAgent> discover(JobMonitor monitor) {
    return agents();
  }

  @Override
  public KnownAgent add(AgentAddress address) throws ClusterException {
    for (KnownAgent agent : agents) {
      if (agent.address().equals(address)) {
        return agent;
      }
    }
    throw new ClusterException(
        "Nothing answers at " + address + ". Maybe the agent is not started.");
  }

  @Override
  public void remove(AgentAddress address) {
    List<KnownAgent> left = new ArrayList<>(agents);
    left.removeIf(agent -> agent.address().equals(address));
    set(left);
  }

  @Override
  public List<KnownAgent> startLocal(LocalClusterSpec spec, JobMonitor monitor) {
    started.add(spec);
    List<KnownAgent> all = new ArrayList<>(agents);
    for (int i = 0; i < spec.agents(); i++) {
      all.add(
          Agents.with(
              100 + i, spec.emulation(i), KnownAgent.Status.READY, KnownAgent.Source.LOCAL, ""));
    }
    set(all);
    onStart.run();
    return agents();
  }

  @Override
  public void stopLocal() {
    List<KnownAgent> left = new ArrayList<>(agents);
    left.removeIf(agent -> agent.source() == KnownAgent.Source.LOCAL);
    set(left);
  }

  @Override
  public void close() {}
}
