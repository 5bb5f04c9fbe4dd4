package org.edgeld.workbench.cluster;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.edgeld.message.Emulation;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.local.LocalAgents;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DefaultProfiler;
import org.edgeld.workbench.run.DefaultRunner;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;

/** Real agent processes with a key and a cache of their own, wired as the workbench wires them. */
public final class RealAgents implements AutoCloseable {
  private static final int DISCOVERY_PORTS = 16;

  private final SharedKey key;
  private final Path cacheDir;
  private final DefaultAgentDirectory directory;
  private final DefaultPlanner planner = DefaultPlanner.load();
  private final Runner runner;
  private final Map<KnownAgent, ProcessHandle> processes = new LinkedHashMap<>();

  /**
   * @param folder empty, for key and cache
   */
  public RealAgents(Path folder) throws IOException {
    Path keyFile = folder.resolve("key");
    key = SharedKey.loadOrCreate(keyFile).key();
    cacheDir = folder.resolve("cache");
    directory =
        new DefaultAgentDirectory(key, freeDiscoveryPorts(), new LocalAgents(keyFile, cacheDir));
    runner = new DefaultRunner(key, planner, Clock.systemUTC(), Map::of);
  }

  /** Returns the first of as many free UDP ports as agents and workbench try. */
  public static int freeDiscoveryPorts() throws IOException {
    SplittableRandom random = new SplittableRandom();
    while (true) {
      int base = random.nextInt(20_000, 30_000);
      int free = 0;
      while (free < DISCOVERY_PORTS && isFree(base + free)) {
        free++;
      }
      if (free == DISCOVERY_PORTS) {
        return base;
      }
    }
  }

  private static boolean isFree(int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public SharedKey key() {
    return key;
  }

  public Path cacheDir() {
    return cacheDir;
  }

  public DefaultAgentDirectory directory() {
    return directory;
  }

  /** Starts one agent. */
  public KnownAgent start(Emulation emulation) throws Exception {
    Set<Long> before = children();
    KnownAgent agent =
        directory.startLocal(new LocalClusterSpec(1, emulation, 1), JobMonitor.SILENT).get(0);
    Set<Long> fresh = children();
    fresh.removeAll(before);
    if (fresh.size() != 1) {
      throw new IllegalStateException("One agent is one process, not " + fresh + ".");
    }
    processes.put(agent, ProcessHandle.of(fresh.iterator().next()).orElseThrow());
    return agent;
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  /** Returns the process of an agent. */
  public long pid(KnownAgent agent) {
    return processes.get(agent).pid();
  }

  /** Returns all memory that an agent's process has in use, on Linux. */
  public long residentBytes(KnownAgent agent) throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(pid(agent)));
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("There is no VmRSS in " + status + ".");
  }

  /** Ends an agent without notice and waits until it is gone. */
  public void kill(KnownAgent agent) {
    ProcessHandle process = processes.get(agent);
    process.destroyForcibly();
    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents) throws Exception {
    return new DefaultProfiler(key).profile(graph, agents, JobMonitor.SILENT);
  }

  /** Returns a cluster of some of a profile's devices. */
  public static ClusterProfile part(ClusterProfile whole, List<Integer> devices) {
    return whole.part(devices);
  }

  public PlannedRun plan(
      ModelGraph graph, ClusterProfile profile, String strategy, String fusion, Routing routing)
      throws InfeasiblePlanException {
    return planner.plan(
        new PlanRequest(
            graph, profile, new DeviceId(0), Method.of(strategy).withFusion(fusion).with(routing)));
  }

  /** Returns a run on noise. */
  public static RunRequest request(
      Model model, PlannedRun planned, List<KnownAgent> agents, int repeats) {
    return new RunRequest(model, planned, agents, SyntheticInput.noise(model, 3), 1, repeats, 11);
  }

  public Runner.Completed run(RunRequest request) throws RunFailedException, JobCancelledException {
    return runner.run(request, JobMonitor.SILENT);
  }

  /** Runs and does something once, when the run first says what the condition waits for. */
  public Runner.Completed run(RunRequest request, Predicate<String> when, Interruption then)
      throws RunFailedException, JobCancelledException {
    return runner.run(request, new Interrupting(when, then));
  }

  /** What happens in the middle of a run. */
  public enum Cancel {
    YES,
    NO
  }

  /** Something done to a run; tells whether the run is then cancelled. */
  public interface Interruption {
    Cancel happen();
  }

  private static final class Interrupting implements JobMonitor {
    private final Predicate<String> when;
    private final Interruption then;
    private boolean done;
    private boolean cancelled;

    Interrupting(Predicate<String> when, Interruption then) {
      this.when = when;
      this.then = then;
    }

    @Override
    public synchronized void progress(String what, double fraction) {
      if (!done && when.test(what)) {
        done = true;
        cancelled = then.happen() == Cancel.YES;
      }
    }

    @Override
    public synchronized boolean cancelled() {
      return cancelled;
    }
  }

  @Override
  public void close() {
    directory.close();
  }
}
