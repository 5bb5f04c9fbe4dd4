package org.edgeld.workbench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.edgeld.message.AgentMessage.ComputeProfile;
import org.edgeld.message.BlobRef;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.GridPoint;
import org.edgeld.message.ProfileSpec.Timing;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.wire.BlobCodec;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentConnection.Pending;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Has one device time convolutions of a grid, one after the other, until a budget is spent. */
final class ConvolutionTimer {
  private static final int WARMUP = 1;
  private static final int REPEATS = 5;

  /** What takes that long is measured well by few runs. */
  private static final long ENOUGH_NANOS = 400_000_000L;

  private final AgentConnection connection;
  private final JobMonitor monitor;
  private final LongSupplier nanoClock;

  ConvolutionTimer(AgentConnection connection, JobMonitor monitor, LongSupplier nanoClock) {
    this.connection = connection;
    this.monitor = monitor;
    this.nanoClock = nanoClock;
  }

  /** Returns times of the first points, of as many as {@link Profiler#convolutions} says. */
  List<Regression.Point> time(List<GridPoint> points, Duration budget)
      throws IOException, ExecutionException, JobCancelledException {
    ByteBuffer blob = BlobCodec.encode(tiny());
    BlobRef model = BlobRef.of(blob.duplicate());
    connection.offer(model, blob::duplicate);
    List<Regression.Point> timed = new ArrayList<>();
    long start = nanoClock.getAsLong();
    double nanosPerFlop = 0;
    for (GridPoint point : points) {
      long before = nanoClock.getAsLong();
      double spent = before - start;
      if (!timed.isEmpty() && spent + nanosPerFlop * point.flops() > budget.toNanos()) {
        break;
      }
      timed.add(new Regression.Point(point.flops(), time(model, point) / 1e9));
      nanosPerFlop = (double) (nanoClock.getAsLong() - before) / point.flops();
      monitor.progress("Timing convolutions on " + connection.name(), spent / budget.toNanos());
    }
    return timed;
  }

  private long time(BlobRef model, GridPoint point)
      throws ExecutionException, JobCancelledException {
    Pending<ComputeProfile> pending =
        connection.profileCompute(
            model,
            new ProfileSpec(List.of(), List.of(point), Timing.WORK, WARMUP, REPEATS, ENOUGH_NANOS),
            (done, of) -> {});
    try {
      long[] nanos = Futures.await(pending.answer(), monitor).gridNanos();
      return Answered.nanos(connection.name(), 1, nanos)[0];
    } catch (JobCancelledException e) {
      pending.cancel().run();
      throw e;
    }
  }

  /** A request names a network, also one that times nothing of it. */
  private static ModelGraph tiny() {
    GraphBuilder builder =
        new GraphBuilder("grid", new TensorShape(1, 1, 1), GraphBuilder.seeded(1));
    builder.conv("conv", TensorId.INPUT, 1, Window.of(1, 1, 0), Activation.NONE);
    return builder.build();
  }
}
