package org.edgeld.workbench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.edgeld.transport.Discovery;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cli.CommandServices;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.DefaultAgentDirectory;
import org.edgeld.workbench.cluster.local.LocalAgents;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.DefaultProfiler;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.results.Environment;
import org.edgeld.workbench.run.DefaultPlanMeter;
import org.edgeld.workbench.run.DefaultRunner;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.settings.WorkbenchSettings;

/** Wires the workbench by hand: one of each service, sharing one key. */
public final class WorkbenchServices implements CommandServices {
  private static final int LAST_PORT = 65535;

  private final Path keyFile;
  private final AgentDirectory directory;
  private final AgentDirectory sweepDirectory;
  private final DefaultProfiler profiler;
  private final Planner planner;
  private final Runner runner;
  private final PlanMeter meter;

  private WorkbenchServices(WorkbenchSettings settings, SharedKey key) {
    keyFile = settings.keyFile();
    directory = directory(settings, key, settings.discoveryPort());
    sweepDirectory = directory(settings, key, portOutOfSight(settings.discoveryPort()));
    profiler = new DefaultProfiler(key);
    planner = DefaultPlanner.load();
    runner = new DefaultRunner(key, planner, Clock.systemUTC(), Environment::here);
    meter = new DefaultPlanMeter(key);
  }

  private static AgentDirectory directory(WorkbenchSettings settings, SharedKey key, int port) {
    return new DefaultAgentDirectory(
        key, port, new LocalAgents(settings.keyFile(), settings.cacheDir()));
  }

  /** Agents that answer from there on are not found by those who look for the others. */
  private static int portOutOfSight(int discoveryPort) {
    int next = discoveryPort + Discovery.DEFAULT_RANGE;
    return next + Discovery.DEFAULT_RANGE <= LAST_PORT
        ? next
        : discoveryPort - Discovery.DEFAULT_RANGE;
  }

  /**
   * Opens the services with the user's key, which is made if it is missing.
   *
   * @throws ClusterException if the key file cannot be read or written
   */
  public static WorkbenchServices open(WorkbenchSettings settings) throws ClusterException {
    try {
      return new WorkbenchServices(settings, SharedKey.loadOrCreate(settings.keyFile()).key());
    } catch (IOException e) {
      throw new ClusterException(e.getMessage(), e);
    }
  }

  @Override
  public AgentDirectory directory() {
    return directory;
  }

  @Override
  public AgentDirectory sweepDirectory() {
    return sweepDirectory;
  }

  @Override
  public Profiler profiler() {
    return profiler;
  }

  @Override
  public Refiner refiner() {
    return profiler;
  }

  @Override
  public Planner planner() {
    return planner;
  }

  @Override
  public Runner runner() {
    return runner;
  }

  @Override
  public PlanMeter meter() {
    return meter;
  }

  @Override
  public Path keyFile() {
    return keyFile;
  }

  @Override
  public void close() {
    directory.close();
    sweepDirectory.close();
  }
}
