package org.edgeld.agent.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeploymentId;
import org.edgeld.program.DeviceId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.transport.DataHeader.TensorData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole network on this device, run as an agent runs it, without a network around it. */
public final class LocalRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
  private static final DeviceId SELF = new DeviceId(0);
  private static final DeploymentId DEPLOYMENT = new DeploymentId(1);

  private final ModelGraph graph;
  private final ProgramRunner runner;
  private final BlockingQueue<Long> done = new LinkedBlockingQueue<>();
  private long frame;

  /**
   * Starts the runner.
   *
   * @param layersPerStep how many layers one step computes
   * @param shares makes the emulation of the runner's thread
   */
  public LocalRun(
      ModelGraph graph, LoadedModel model, int layersPerStep, Supplier<CpuShare> shares) {
    this.graph = graph;
    List<Step> steps = new ArrayList<>();
    int layers = graph.layers().size();
    for (int start = 0; start < layers; start += layersPerStep) {
      int end = Math.min(layers, start + layersPerStep);
      TensorId made = TensorId.ofLayer(end - 1);
      steps.add(
          new Step.Compute(
              new Block(start, end), List.of(Slice.whole(made, graph.shapes().get(end)))));
      steps.add(new Step.Release(start == 0 ? TensorId.INPUT : TensorId.ofLayer(start - 1)));
    }
    ProgramSet programs = new ProgramSet(graph, SELF, List.of(new DeviceProgram(SELF, steps)));
    runner =
        new ProgramRunner(
            new ProgramRunner.Setup(
                DEPLOYMENT,
                programs,
                SELF,
                model,
                (to, header, payload, written, failed) -> {
                  throw new IllegalStateException("One device sends nothing.");
                },
                new Listener(),
                shares,
                1));
    runner.warmUp(() -> false);
    runner.start();
  }

  /**
   * Runs a frame.
   *
   * @return how long it took in ns, from the arrival of its input to its last output
   */
  public long once() throws IOException, InterruptedException {
    TensorData header =
        new TensorData(DEPLOYMENT, frame++, Slice.whole(TensorId.INPUT, graph.input()));
    ByteBuffer input = runner.inputDestination(header);
    while (input.hasRemaining()) {
      input.putFloat(0.5f);
    }
    runner.inputReceived(header);
    long nanos = done.take();
    if (nanos < 0) {
      throw new IllegalStateException("The run failed; the log says why.");
    }
    return nanos;
  }

  @Override
  public void close() {
    runner.close();
  }

  private final class Listener implements FrameListener {
    private long nanos;

    @Override
    public void output(long number, TensorId tensor, ByteBuffer bytes, Runnable written) {
      written.run();
    }

    @Override
    public void done(long number, long startNanos, long endNanos) {
      nanos = endNanos - startNanos;
    }

    @Override
    public void report(long number, FrameTimes times) {
      done.add(nanos);
    }

    @Override
    public void failed(long number, int step, Throwable cause) {
      LOG.error("Frame {} failed in step {}.", number, step, cause);
      done.add(-1L);
    }
  }
}
