package org.edgeld.workbench.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.ProgramSet;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.Planner;
import org.edgeld.workbench.trace.Trace;

/** One run under way: all configurations take turns, a batch of frames each. */
final class Measurement {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final RunRequest request;
  private final AgentSessions sessions;
  private final JobMonitor monitor;
  private final Configurations configurations;
  private final RunWarnings warnings;
  private final List<HostTensor> inputs;
  private final List<ActiveRun.Frame> planFrames = new ArrayList<>();
  private List<HostTensor> outputs = List.of();

  Measurement(RunRequest request, AgentSessions sessions, JobMonitor monitor) {
    this.request = request;
    this.sessions = sessions;
    this.monitor = monitor;
    this.configurations = new Configurations(request, sessions, monitor);
    this.warnings = new RunWarnings(request, sessions);
    this.inputs = FrameInputs.of(request.input(), request.batch().inputs(), request.seed());
  }

  /**
   * Measures.
   *
   * @param planner plans the baselines
   * @param started now
   * @param environment describes this computer
   */
  Runner.Completed measure(Planner planner, Instant started, Map<String, String> environment)
      throws RunFailedException, JobCancelledException {
    requireMemory();
    configurations.deploy(planner);
    OutputCheck check = reference();
    Samples samples = new Samples(check);
    Clocks before = Clocks.read(sessions.connections(), monitor);
    takeTurns(samples);
    Clocks after = Clocks.read(sessions.connections(), monitor);
    configurations.undeploy();
    Estimate latency = samples.latency(Configurations.PLAN).orElseThrow();
    ProgramSet programs = request.planned().programs();
    ActiveRun.Frame median = Samples.nearest(planFrames, latency.median());
    Trace trace =
        MeasuredTrace.of(median, programs, configurations.plan().devices(), before, after);
    BatchTimes batches = batchTimes(samples);
    RunResult result =
        new RunResult(
            started,
            request.model().id(),
            request.planned(),
            sessions.connections().stream().map(AgentConnection::info).toList(),
            latency,
            samples.latency(Configurations.LOCAL),
            samples.latency(Configurations.REMOTE),
            configurations.remoteDevice(),
            Math.round(
                planFrames.stream().mapToLong(ActiveRun.Frame::sentBytes).average().orElse(0)),
            samples.maxAbsError(),
            check.scale(),
            OutputCheck.top5(request.model(), outputs),
            trace,
            samples.frames(),
            settings(environment),
            warnings(samples, batches, check),
            batches);
    return new Runner.Completed(result, outputs);
  }

  /** Runs the undivided network once with each input. */
  private OutputCheck reference() throws RunFailedException, JobCancelledException {
    monitor.progress("Running the undivided network once to compare with", 0);
    List<List<HostTensor>> references = new ArrayList<>();
    configurations
        .undivided()
        .frames(inputs, inputs.size(), (frame, index) -> references.add(frame.outputs()), monitor);
    return new OutputCheck(references);
  }

  private void takeTurns(Samples samples) throws RunFailedException, JobCancelledException {
    int total = (request.warmup() + request.repeats()) * configurations.all().size();
    int done = 0;
    Random order = new Random(request.orderSeed());
    for (int repeat = -request.warmup(); repeat < request.repeats(); repeat++) {
      List<ActiveRun> turns = new ArrayList<>(configurations.all());
      Collections.shuffle(turns, order);
      for (ActiveRun turn : turns) {
        monitor.progress(progress(repeat, turn), (double) done++ / total);
        if (repeat < 0) {
          // as many as may be in flight touch all memory that a batch does
          turn.frames(inputs, request.batch().inFlight(), (frame, index) -> {}, monitor);
        } else {
          samples.add(turn.configuration(), repeat, batch(turn, samples));
        }
      }
    }
  }

  /** The outputs are compared when the batch is over: that would take time from local agents. */
  private List<Samples.Checked> batch(ActiveRun turn, Samples samples)
      throws RunFailedException, JobCancelledException {
    List<ActiveRun.Frame> frames = new ArrayList<>();
    turn.frames(inputs, request.batch().frames(), (frame, index) -> frames.add(frame), monitor);
    List<Samples.Checked> batch = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      int input = i % inputs.size();
      Samples.Checked checked = samples.check(input, frames.get(i));
      batch.add(checked);
      if (turn.configuration().equals(Configurations.PLAN)) {
        planFrames.add(checked.times());
        if (input == 0) {
          outputs = frames.get(i).outputs();
        }
      }
    }
    return batch;
  }

  /** The outputs of a batch are held until it is over. */
  private void requireMemory() throws RunFailedException {
    ModelGraph graph = request.model().graph();
    List<TensorShape> shapes = graph.shapes();
    long outputBytes =
        graph.outputs().stream().mapToLong(output -> shapes.get(output.index()).bytes()).sum();
    long most = Runtime.getRuntime().maxMemory() / 2 / outputBytes;
    if (request.batch().frames() > Math.max(1, most)) {
      throw new RunFailedException(
          "The outputs of %d frames (%.1f MB) are more than the workbench can hold. Maybe use %d frames."
              .formatted(
                  request.batch().frames(),
                  request.batch().frames() * outputBytes / BYTES_PER_MEGABYTE,
                  Math.max(1, most)));
    }
  }

  private String progress(int repeat, ActiveRun turn) {
    String what =
        switch (turn.configuration()) {
          case Configurations.LOCAL -> "the undivided network on the head";
          case Configurations.REMOTE -> "the undivided network on one remote device";
          default -> "the plan";
        };
    String unit = request.batch().frames() > 1 ? "batch" : "frame";
    return repeat < 0
        ? "Warming up " + what
        : "Measuring %s, %s %d of %d".formatted(what, unit, repeat + 1, request.repeats());
  }

  private BatchTimes batchTimes(Samples samples) {
    Batch batch = request.batch();
    return new BatchTimes(
        batch,
        samples.batchTime(Configurations.PLAN).orElseThrow(),
        samples.batchTime(Configurations.LOCAL),
        samples.batchTime(Configurations.REMOTE),
        request.planned().batchNanos(batch.frames(), batch.inFlight()) / 1e6);
  }

  private List<String> warnings(Samples samples, BatchTimes batches, OutputCheck check) {
    List<String> all = new ArrayList<>();
    warnings.tooManyShares().ifPresent(all::add);
    all.addAll(configurations.warnings());
    warnings.overcommitment(samples.frames()).ifPresent(all::add);
    warnings.aloneIsFaster(batches).ifPresent(all::add);
    RunWarnings.sameOutputs(check).ifPresent(all::add);
    for (ActiveRun configuration : configurations.all()) {
      String name = configuration.configuration();
      RunWarnings.wrongOutput(name, configuration.precision(), samples.maxAbsError(name), check)
          .ifPresent(all::add);
    }
    return all;
  }

  private Map<String, String> settings(Map<String, String> environment) {
    Map<String, String> settings = new LinkedHashMap<>(environment);
    settings.put("warmup", String.valueOf(request.warmup()));
    settings.put("repeats", String.valueOf(request.repeats()));
    settings.put("frames", String.valueOf(request.batch().frames()));
    settings.put("framesInFlight", String.valueOf(request.batch().inFlight()));
    settings.put("seed", String.valueOf(request.seed()));
    return settings;
  }
}
