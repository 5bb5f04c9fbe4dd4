package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.AgentDirectory;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.fixture.ImaginedRefiner;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.Profiler;
import org.edgeld.workbench.profile.Refiner;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.PlanMeter;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.settings.WorkbenchSettings;

/**
 * A cluster that exists only in memory, around the real planner; it remembers what was asked of it.
 */
final class FakeServices
    implements CommandServices, AgentDirectory, Profiler, Refiner, Runner, PlanMeter {
  /** Agents that discovery finds. */
  final List<KnownAgent> discoverable = new ArrayList<>();

  final List<String> calls = new ArrayList<>();
  final List<RunRequest> runs = new ArrayList<>();
  Optional<WorkbenchSettings> settings = Optional.empty();
  Optional<LocalClusterSpec> spec = Optional.empty();
  Optional<ClusterException> refusal = Optional.empty();
  Optional<RunFailedException> runFailure = Optional.empty();
  double maxAbsError = 1e-7;

  /** Called when a run begins. */
  Runnable onRun = () -> {};

  /** Called when the services are closed. */
  Runnable onClose = () -> {};

  /** Called when local agents are ready. */
  Runnable onStarted = () -> {};

  /** Returns the factory, as if this had been opened. */
  Factory factory() {
    return given -> {
      settings = Optional.of(given);
      calls.add("open");
      return this;
    };
  }

  /** Returns an agent. */
  static KnownAgent agent(String name, int port, KnownAgent.Status status, String detail) {
    return new KnownAgent(
        new AgentAddress("127.0.0.1", port),
        Optional.of(MeasuredRuns.agent(name)),
        status,
        KnownAgent.Source.DISCOVERED,
        detail);
  }

  /** Returns an agent that can be used. */
  static KnownAgent ready(String name, int port) {
    return agent(name, port, KnownAgent.Status.READY, "");
  }

  @Override
  public AgentDirectory directory() {
    return this;
  }

  @Override
  public AgentDirectory sweepDirectory() {
    throw new UnsupportedOperationException("only the window has a second directory");
  }

  @Override
  public Profiler profiler() {
    return this;
  }

  @Override
  public Planner planner() {
    return DefaultPlanner.load();
  }

  @Override
  public Runner runner() {
    return this;
  }

  @Override
  public Refiner refiner() {
    return this;
  }

  @Override
  public PlanMeter meter() {
    return this;
  }

  /** Measures what is predicted, half as long again. */
  @Override
  public List<Measured> measure(PlanMeter.Request request, JobMonitor monitor)
      throws RunFailedException {
    calls.add("measure " + request.plans().size());
    if (runFailure.isPresent()) {
      throw runFailure.get();
    }
    return request.plans().stream()
        .map(
            plan ->
                new Measured(
                    Estimate.of(List.of(1.5 * plan.prediction().latencyNanos() / 1e6)),
                    List.of(plan.prediction()),
                    0))
        .toList();
  }

  @Override
  public Path keyFile() {
    return settings.orElseThrow().keyFile();
  }

  @Override
  public List<KnownAgent> agents() {
    return discoverable;
  }

  @Override
  public void onChange(Consumer<List<KnownAgent>> listener) {
    throw new UnsupportedOperationException("no command watches");
  }

  @Override
  public void startWatching() {
    throw new UnsupportedOperationException("no command watches");
  }

  @Override
  public List<KnownAgent> discover(JobMonitor monitor) throws JobCancelledException {
    monitor.checkCancelled();
    calls.add("discover");
    return discoverable;
  }

  @Override
  public KnownAgent add(AgentAddress address) throws ClusterException {
    calls.add("add " + address);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    return ready("board-" + address.controlPort(), address.controlPort());
  }

  @Override
  public void remove(AgentAddress address) {
    throw new UnsupportedOperationException("no command forgets");
  }

  @Override
  public List<KnownAgent> startLocal(LocalClusterSpec wanted, JobMonitor monitor)
      throws ClusterException {
    calls.add("startLocal");
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    spec = Optional.of(wanted);
    List<KnownAgent> agents = new ArrayList<>();
    for (int i = 1; i <= wanted.agents(); i++) {
      agents.add(ready("local-" + i, 40000 + i));
    }
    onStarted.run();
    return agents;
  }

  @Override
  public void stopLocal() {
    calls.add("stopLocal");
  }

  @Override
  public void close() {
    calls.add("close");
    onClose.run();
  }

  @Override
  public ClusterProfile profile(ModelGraph graph, List<KnownAgent> agents, JobMonitor monitor) {
    calls.add("profile");
    monitor.progress("Profiling", 0.5);
    ClusterProfile equal = SyntheticCluster.equal(graph, agents.size(), 1e9, 1e9);
    List<DeviceProfile> devices = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      DeviceProfile device = equal.devices().get(i);
      devices.add(
          new DeviceProfile(
              agents.get(i).info().orElse(device.info()),
              device.layers(),
              device.overhead(),
              device.regression()));
    }
    return equal.with(devices);
  }

  @Override
  public ClusterProfile refine(
      ClusterProfile profile, List<ProgramSet> plans, List<KnownAgent> agents, JobMonitor monitor)
      throws JobCancelledException {
    calls.add("refine " + plans.size());
    return new ImaginedRefiner(step -> 1).refine(profile, plans, agents, monitor);
  }

  @Override
  public Completed run(RunRequest request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    calls.add("run");
    runs.add(request);
    onRun.run();
    for (int i = 0; i < request.repeats(); i++) {
      monitor.checkCancelled();
      monitor.progress("Measuring, frame " + (i + 1), (double) i / request.repeats());
    }
    if (runFailure.isPresent()) {
      throw runFailure.get();
    }
    List<AgentInfo> devices =
        request.agents().stream().map(agent -> agent.info().orElseThrow()).toList();
    HostTensor output =
        HostTensor.ofChw(
            new TensorShape(2, 1, 1), new float[] {request.planned().plan().devices(), 2});
    return new Completed(
        MeasuredRuns.result(
            request.model().id(), request.planned(), devices, maxAbsError, request.batch()),
        List.of(output));
  }

  /** Returns the head of the last run. */
  DeviceId lastHead() {
    return runs.get(runs.size() - 1).planned().request().head();
  }
}
