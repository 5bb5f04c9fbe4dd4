package org.edgeld.workbench.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ObjIntConsumer;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentMessage.FrameDone;
import org.edgeld.message.AgentMessage.FrameReport;
import org.edgeld.message.BlobRef;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.TensorId;
import org.edgeld.model.WeightRef;
import org.edgeld.program.Deployment;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.transport.DataHeader.TensorData;
import org.edgeld.wire.BlobCodec;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;

/**
 * One set of programs on the agents of a cluster. The first failure of any device ends it; a device
 * that only lost its peer is named only if no other cause comes.
 */
final class ActiveRun implements AutoCloseable {
  private static final long CAUSE_WAIT_MILLIS = 1500;

  private final String configuration;
  private final ProgramSet programs;
  private final Precision precision;
  private final AgentSessions sessions;
  private final int framesInFlight;
  private final DeploymentId id = new DeploymentId(new SecureRandom().nextLong());
  private final List<DeviceId> devices = new ArrayList<>();
  private final List<CompletableFuture<Void>> prepared = new ArrayList<>();
  private final List<CompletableFuture<Void>> connected = new ArrayList<>();
  private final CompletableFuture<String> rootCause = new CompletableFuture<>();

  /** Fails when any device does, also between two frames and while another configuration runs. */
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  /** Of the frames under way, by their numbers. */
  private final Map<Long, FrameCollector> collectors = new ConcurrentHashMap<>();

  private long nextFrame;

  /**
   * What one frame gave.
   *
   * @param done the head's clock
   * @param outputs in the order of the graph's outputs
   * @param reports per participating device, in the order of {@link #devices}
   */
  record Frame(FrameDone done, List<HostTensor> outputs, List<FrameReport> reports) {
    /** Returns the time from the input being at the head to the last output being there. */
    long latencyNanos() {
      return done.endNanos() - done.startNanos();
    }

    /** Returns the bytes of all slices that devices sent to each other, as they travelled. */
    long sentBytes() {
      return reports.stream().mapToLong(FrameReport::sentBytes).sum();
    }

    /** Returns how far the worst device was behind its emulated share. */
    long overcommittedNanos() {
      return reports.stream().mapToLong(FrameReport::overcommittedNanos).max().orElse(0);
    }
  }

  /**
   * @param configuration names it in messages
   * @param planned what runs
   * @param sessions with all devices
   * @param framesInFlight frames that the cluster holds at one time
   */
  ActiveRun(String configuration, PlannedRun planned, AgentSessions sessions, int framesInFlight) {
    this.configuration = configuration;
    this.programs = planned.programs();
    this.precision = planned.request().method().precision();
    this.sessions = sessions;
    this.framesInFlight = framesInFlight;
    for (int i = 0; i < programs.programs().size(); i++) {
      if (!programs.programs().get(i).steps().isEmpty()) {
        devices.add(new DeviceId(i));
        prepared.add(new CompletableFuture<>());
        connected.add(new CompletableFuture<>());
      }
    }
    for (AgentConnection connection : sessions.connections()) {
      connection.onLost(ended::completeExceptionally);
    }
  }

  /** Returns the devices that take part. */
  List<DeviceId> devices() {
    return devices;
  }

  ProgramSet programs() {
    return programs;
  }

  String configuration() {
    return configuration;
  }

  Precision precision() {
    return precision;
  }

  /** Brings programs and weights to the agents and connects them. */
  void deploy(Model model, JobMonitor monitor) throws RunFailedException, JobCancelledException {
    Deployment deployment =
        new Deployment(id, programs, sessions.peerAddresses(), framesInFlight, precision);
    ByteBuffer blob;
    try {
      blob = BlobCodec.encode(deployment);
    } catch (IOException e) {
      throw new RunFailedException("The plan cannot be sent: " + e.getMessage(), e);
    }
    BlobRef ref = BlobRef.of(blob);
    for (int i = 0; i < devices.size(); i++) {
      AgentConnection connection = connection(devices.get(i));
      connection.offer(ref, blob::duplicate);
      offerWeights(model, connection);
      connection.deploy(id, devices.get(i), ref, new Events(i));
    }
    for (int i = 0; i < devices.size(); i++) {
      monitor.progress(
          "Preparing %s on %s".formatted(configuration, connection(devices.get(i)).name()), -1);
      await(prepared.get(i), monitor);
    }
    for (DeviceId device : devices) {
      connection(device).connect(id);
    }
    for (CompletableFuture<Void> ready : connected) {
      await(ready, monitor);
    }
  }

  private void offerWeights(Model model, AgentConnection connection) {
    for (Layer layer : model.graph().layers()) {
      for (WeightRef weight : layer.weights()) {
        if (weight instanceof WeightRef.Stored stored) {
          connection.offer(
              new BlobRef(stored.sha256(), stored.bytes()), () -> model.weights().read(stored));
        }
      }
    }
  }

  /** Runs one frame and waits for its outputs and all devices' reports. */
  Frame frame(HostTensor input, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    List<Frame> frames = new ArrayList<>();
    frames(List.of(input), 1, (frame, index) -> frames.add(frame), monitor);
    return frames.get(0);
  }

  /**
   * Runs frames that follow each other, as many at a time as may be in flight: the next begins when
   * the oldest is over on all devices. So none is ever more than that ahead of the slowest device.
   *
   * @param inputs of the frames, in turns
   * @param count how many frames
   * @param whenOver told of each frame in order and of its index from 0, while the next ones run,
   *     so it should take no time
   */
  void frames(
      List<HostTensor> inputs, int count, ObjIntConsumer<Frame> whenOver, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    long first = nextFrame;
    int begun = 0;
    for (int oldest = 0; oldest < count; oldest++) {
      while (begun < Math.min(count, oldest + framesInFlight)) {
        begin(inputs.get(begun++ % inputs.size()));
      }
      Frame over = end(first + oldest, monitor);
      if (begun < count) {
        begin(inputs.get(begun++ % inputs.size()));
      }
      whenOver.accept(over, oldest);
    }
  }

  private void begin(HostTensor input) {
    long number = nextFrame++;
    collectors.put(number, new FrameCollector(programs.graph(), devices.size()));
    Slice whole = Slice.whole(TensorId.INPUT, programs.graph().input());
    connection(programs.head())
        .sendInput(new TensorData(id, number, whole), input.nhwc().duplicate());
  }

  private Frame end(long number, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    FrameCollector collector = collectors.get(number);
    FrameDone done = await(collector.done(), monitor);
    await(collector.outputs(), monitor);
    List<FrameReport> reports = new ArrayList<>();
    for (CompletableFuture<FrameReport> report : collector.reports()) {
      reports.add(await(report, monitor));
    }
    collectors.remove(number);
    return new Frame(done, collector.tensors(), reports);
  }

  private <T> T await(CompletableFuture<T> future, JobMonitor monitor)
      throws RunFailedException, JobCancelledException {
    try {
      var unused = Futures.await(CompletableFuture.anyOf(future, ended), monitor);
      return future.join();
    } catch (ExecutionException e) {
      String first = e.getCause().getMessage();
      String cause =
          rootCause.completeOnTimeout(first, CAUSE_WAIT_MILLIS, TimeUnit.MILLISECONDS).join();
      throw new RunFailedException(cause, e.getCause());
    }
  }

  private AgentConnection connection(DeviceId device) {
    return sessions.connections().get(device.index());
  }

  /** Removes the programs from all agents. */
  @Override
  public void close() {
    for (DeviceId device : devices) {
      connection(device).undeploy(id);
    }
  }

  private void fail(String sentence, boolean consequence) {
    if (!consequence) {
      rootCause.complete(sentence);
    }
    ended.completeExceptionally(new RunFailedException(sentence));
  }

  /** What one participating device says. */
  private final class Events implements AgentConnection.DeploymentEvents {
    private final int participant;

    Events(int participant) {
      this.participant = participant;
    }

    @Override
    public void deployed() {
      prepared.get(participant).complete(null);
    }

    @Override
    public void connected() {
      connected.get(participant).complete(null);
    }

    @Override
    public void frameDone(FrameDone message) {
      FrameCollector collector = collectors.get(message.frame());
      if (collector != null) {
        collector.done().complete(message);
      }
    }

    @Override
    public void frameReport(FrameReport message) {
      int steps = programs.of(devices.get(participant)).steps().size();
      FrameCollector collector = collectors.get(message.frame());
      if (collector != null) {
        if (fits(message, steps)) {
          collector.reports().get(participant).complete(message);
        } else {
          fail(name() + " reported times of another program.", false);
        }
      }
    }

    private boolean fits(FrameReport message, int steps) {
      int serialised = precision == Precision.FLOAT32 ? 0 : steps;
      return message.startNanos().length == steps
          && message.endNanos().length == steps
          && message.serialiseDelayNanos().length == serialised
          && message.serialiseNanos().length == serialised
          && message.assembleDelayNanos().length == steps
          && message.assembleNanos().length == steps;
    }

    @Override
    public ByteBuffer outputDestination(TensorData header) throws IOException {
      FrameCollector collector = collectors.get(header.frame());
      if (collector == null) {
        throw new IOException("The head sent " + header + " of a frame that is not under way.");
      }
      return collector.destination(header);
    }

    @Override
    public void outputReceived(TensorData header) {
      FrameCollector collector = collectors.get(header.frame());
      if (collector != null) {
        collector.received();
      }
    }

    @Override
    public void failed(long frame, int step, String cause, boolean consequence) {
      String where = step < 0 ? "" : " in " + describe(step);
      String who = cause.contains(name()) ? "" : name() + where + ": ";
      fail(who + cause, consequence);
    }

    private String name() {
      return connection(devices.get(participant)).name();
    }

    private String describe(int step) {
      List<Step> steps = programs.of(devices.get(participant)).steps();
      if (step >= steps.size()) {
        return "step " + step;
      }
      return steps.get(step) instanceof Step.Compute compute
          ? compute.block().label(programs.graph())
          : "step " + step + " of its program";
    }
  }
}
