package org.edgeld.workbench.ui.doubles;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.BatchTimes;
import org.edgeld.workbench.run.ClassAgreement;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.Prediction;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.run.Runner;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * Runs nothing: answers with the plan's own prediction, a little noisy. For tests of the window.
 */
public final class EchoRunner implements Runner {
  /** What happens between the start of a run and its result. */
  @FunctionalInterface
  public interface Meanwhile {
    void happen(JobMonitor monitor) throws RunFailedException, JobCancelledException;
  }

  private static final List<Prediction> CLASSES =
      List.of(
          new Prediction(3, "dress", 0.71),
          new Prediction(0, "T-shirt", 0.16),
          new Prediction(6, "shirt", 0.08),
          new Prediction(4, "coat", 0.03),
          new Prediction(2, "pullover", 0.01));

  private volatile Meanwhile meanwhile = monitor -> {};

  /** Lets something happen during runs. */
  public void meanwhile(Meanwhile happening) {
    meanwhile = happening;
  }

  @Override
  public Completed run(RunRequest request, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    monitor.progress("Measuring " + request.model().id(), 0.4);
    meanwhile.happen(monitor);
    SplittableRandom random = new SplittableRandom(request.seed());
    double latency = request.planned().prediction().latencyNanos() / 1e6 * 1.04;
    double local =
        request
                .planned()
                .request()
                .profile()
                .device(request.planned().plan().head())
                .wholeModelNanos()
            / 1e6;
    List<AgentInfo> infos =
        request.agents().stream().map(KnownAgent::info).flatMap(Optional::stream).toList();
    var graph = request.model().graph();
    TensorShape output = graph.shapes().get(graph.outputs().get(0).index());
    boolean map = output.height() > 1;
    Estimate plan = samples(latency, request.repeats(), random);
    Estimate alone = samples(local, request.repeats(), random);
    Optional<Estimate> remote =
        infos.size() < 2
            ? Optional.empty()
            : Optional.of(samples(local * 1.05, request.repeats(), random));
    Batch batch = request.batch();
    RunResult result =
        new RunResult(
            Instant.parse("2026-01-01T00:00:00Z"),
            request.model().id(),
            request.planned(),
            infos,
            plan,
            Optional.of(alone),
            remote,
            infos.size() < 2 ? -1 : 1,
            request.planned().bytesMoved(),
            3.1e-6,
            14.2,
            map ? List.of() : CLASSES,
            stretched(request.planned().prediction()),
            List.of(
                new RunResult.FrameSample(
                    "plan",
                    0,
                    0,
                    latency,
                    latency,
                    3.1e-6,
                    0,
                    map ? Optional.empty() : Optional.of(new ClassAgreement(true, 1)))),
            Map.of("java", "test"),
            List.of(),
            new BatchTimes(
                batch,
                MeasuredRuns.times(batch, plan),
                Optional.of(MeasuredRuns.times(batch, alone)),
                remote.map(times -> MeasuredRuns.times(batch, times)),
                request.planned().batchNanos(batch.frames(), batch.inFlight()) / 1e6));
    return new Completed(result, map ? List.of(ramp(output)) : List.of());
  }

  private static HostTensor ramp(TensorShape shape) {
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return HostTensor.ofChw(shape, values);
  }

  private static Estimate samples(double median, int count, SplittableRandom random) {
    List<Double> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(median * (0.97 + 0.06 * random.nextDouble()));
    }
    return Estimate.of(samples);
  }

  private static Trace stretched(Trace trace) {
    List<Span> spans =
        trace.spans().stream()
            .map(
                s ->
                    new Span(
                        s.device(),
                        s.kind(),
                        s.step(),
                        Math.round(s.startNanos() * 1.04),
                        Math.round(s.endNanos() * 1.04)))
            .toList();
    return new Trace(Math.round(trace.latencyNanos() * 1.04), spans, trace.clockErrorNanos());
  }
}
