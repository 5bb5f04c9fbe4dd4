package org.edgeld.workbench.profile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.edgeld.message.AgentMessage.ComputeProfile;
import org.edgeld.message.BlobRef;
import org.edgeld.message.ProfileSpec;
import org.edgeld.message.ProfileSpec.TileSpec;
import org.edgeld.message.ProfileSpec.Timing;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.wire.BlobCodec;
import org.edgeld.workbench.cluster.AgentConnection;
import org.edgeld.workbench.cluster.AgentConnection.Pending;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.Futures;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;

/** Has all devices time the compute steps of plans at once, each its own. */
final class StepTimer {
  private static final int WARMUP = 1;
  private static final int REPEATS = 5;
  private static final long ENOUGH_NANOS = 6_000_000_000L;

  /** A request's message stays far below the 64 KiB that a message may have. */
  private static final int MOST_TILES = 1000;

  private final AgentSessions sessions;
  private final JobMonitor monitor;

  StepTimer(AgentSessions sessions, JobMonitor monitor) {
    this.sessions = sessions;
    this.monitor = monitor;
  }

  /**
   * Returns the profile with the plans' steps.
   *
   * @param plans of one model, at least one
   */
  ClusterProfile refine(ClusterProfile profile, List<ProgramSet> plans)
      throws IOException, ExecutionException, JobCancelledException {
    ByteBuffer blob = BlobCodec.encode(plans.get(0).graph());
    BlobRef model = BlobRef.of(blob.duplicate());
    List<List<TileSpec>> tiles = new ArrayList<>();
    List<List<Pending<ComputeProfile>>> pending = new ArrayList<>();
    for (int i = 0; i < profile.size(); i++) {
      AgentConnection connection = sessions.connections().get(i);
      connection.offer(model, blob::duplicate);
      List<TileSpec> own = unknown(profile, plans, new DeviceId(i));
      tiles.add(own);
      List<Pending<ComputeProfile>> asked = new ArrayList<>();
      for (int start = 0; start < own.size(); start += MOST_TILES) {
        List<TileSpec> part = own.subList(start, Math.min(own.size(), start + MOST_TILES));
        asked.add(
            connection.profileCompute(
                model,
                new ProfileSpec(part, List.of(), Timing.STEP, WARMUP, REPEATS, ENOUGH_NANOS),
                (done, total) ->
                    monitor.progress(
                        "Timing the plan's steps on " + connection.name(),
                        (double) done / Math.max(1, total))));
      }
      pending.add(asked);
    }
    try {
      List<DeviceProfile> devices = new ArrayList<>();
      for (int i = 0; i < profile.size(); i++) {
        devices.add(profile.devices().get(i).with(times(tiles.get(i), pending.get(i))));
      }
      return profile.with(devices);
    } catch (JobCancelledException e) {
      pending.forEach(asked -> asked.forEach(request -> request.cancel().run()));
      throw e;
    }
  }

  /** Returns the steps of a device that were not timed yet, in the order of its programs. */
  private static List<TileSpec> unknown(
      ClusterProfile profile, List<ProgramSet> plans, DeviceId device) {
    Set<TileSpec> tiles = new LinkedHashSet<>();
    for (ProgramSet plan : plans) {
      for (Step step : plan.of(device).steps()) {
        if (step instanceof Step.Compute compute && !compute.combines()) {
          tiles.add(new TileSpec(compute.block(), compute.outputs()));
        }
      }
    }
    profile
        .device(device)
        .tiles()
        .forEach(known -> tiles.remove(new TileSpec(known.block(), known.outputs())));
    return List.copyOf(tiles);
  }

  private List<TileTime> times(List<TileSpec> tiles, List<Pending<ComputeProfile>> asked)
      throws ExecutionException, JobCancelledException {
    List<TileTime> times = new ArrayList<>();
    for (Pending<ComputeProfile> part : asked) {
      for (long nanos : Futures.await(part.answer(), monitor).tileNanos()) {
        TileSpec tile = tiles.get(times.size());
        times.add(new TileTime(tile.block(), tile.outputs(), nanos));
      }
    }
    return times;
  }
}
