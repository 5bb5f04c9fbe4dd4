package org.edgeld.workbench.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.edgeld.geometry.BlockTile;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;
import org.edgeld.workbench.cost.MeasuredCost;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.simulate.SteadyState.Resource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class SteadyStateTest {
  private static final int FRAMES = 300;

  /** Oldest-first service is not the periodic schedule, so it may lose a little. */
  private static final double SERVICE_LOSS = 0.02;

  /** Frames in flight wait for each other where the pace and their number allow about the same. */
  private static final double WAITING = 0.1;

  /** Where slices meet, serving the oldest frame's first may be better than sharing. */
  private static final double OTHER_ORDER = 0.25;

  private static final double ROUNDING = 1e-9;

  @Test
  void aSingleDeviceTakesItsComputeTimePerFrame() throws Exception {
    PlanRequest request = RandomClusters.request(SmallModels.all(), 1, 1).with("single", "layer");
    PlannedRun run = DefaultPlanner.load().plan(request);
    SteadyState steady = SteadyState.of(run.programs(), cost(request));
    assertThat(steady.busiest().device()).isEqualTo(request.head());
    assertThat(steady.busiest().resource()).isEqualTo(Resource.PROCESSOR);
    assertThat(Math.round(steady.nanosPerFrame())).isEqualTo(run.prediction().latencyNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {"remote", "equal", "ocbp", "joint"})
  void aStreamOfFramesTakesNeitherMoreNorLess(String strategy) throws Exception {
    int compared = 0;
    for (long seed = 1; seed <= 60; seed++) {
      PlanRequest request = RandomClusters.request(SmallModels.all(), seed, 0.01);
      PlannedRun run;
      try {
        run = DefaultPlanner.load().plan(request.with(strategy, "between-pools"));
      } catch (InfeasiblePlanException e) {
        continue;
      }
      compared++;
      double perFrame = SteadyState.of(run.programs(), cost(request)).nanosPerFrame();
      double all = new Stream(run.programs(), cost(request), FRAMES).nanos();
      assertThat(all / FRAMES)
          .as("%s, seed %d", strategy, seed)
          .isBetween(
              perFrame * (1 - ROUNDING),
              perFrame * (1 + SERVICE_LOSS) + 2.0 * run.prediction().latencyNanos() / FRAMES);
    }
    assertThat(compared).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 16})
  void aBatchTakesAsLongAsPredictedOrWaitsABitMore(int inFlight) throws Exception {
    double worst = 0;
    int compared = 0;
    for (long seed = 1; seed <= 40; seed++) {
      PlanRequest request = RandomClusters.request(SmallModels.all(), seed, 0.01);
      PlannedRun run;
      try {
        run = DefaultPlanner.load().plan(request.with("equal", "between-pools"));
      } catch (InfeasiblePlanException e) {
        continue;
      }
      compared++;
      double batch = new Stream(run.programs(), cost(request), inFlight).nanos();
      double predicted =
          new StreamForecast(run.programs(), cost(request), 0).batchNanos(FRAMES, inFlight);
      assertThat(batch).as("seed %d", seed).isGreaterThan(predicted * (1 - OTHER_ORDER));
      worst = Math.max(worst, batch / predicted);
    }
    assertThat(compared).isGreaterThan(10);
    assertThat(worst).isLessThan(1 + WAITING);
  }

  private static CostModel cost(PlanRequest request) {
    return new MeasuredCost(request.graph(), request.profile());
  }

  /**
   * Plays frames, some of which are there at the beginning; the next one comes when the oldest is
   * over everywhere. Each device goes on with whatever frame it can, the oldest first, and so do
   * its interfaces.
   */
  private static final class Stream {
    private final ProgramSet programs;
    private final CostModel cost;
    private final int devices;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingDouble(Event::nanos));
    private final List<Server> processors = new ArrayList<>();
    private final List<Server> outgoing = new ArrayList<>();
    private final List<Server> incoming = new ArrayList<>();
    private final int[][] next;
    private final boolean[][] computing;
    private final int[][][] arrived;
    private final int inFlight;
    private int oldest;
    private double now;

    private record Event(double nanos, Runnable action) {}

    private record Job(int frame, double nanos, Runnable onStart, Runnable onEnd) {}

    Stream(ProgramSet programs, CostModel cost, int inFlight) {
      this.programs = programs;
      this.cost = cost;
      this.inFlight = inFlight;
      this.devices = programs.programs().size();
      this.next = new int[FRAMES][devices];
      this.computing = new boolean[FRAMES][devices];
      this.arrived = new int[FRAMES][devices][devices];
      for (int i = 0; i < devices; i++) {
        processors.add(new Server());
        outgoing.add(new Server());
        incoming.add(new Server());
      }
    }

    double nanos() {
      for (int frame = 0; frame < inFlight; frame++) {
        begin(frame);
      }
      while (!events.isEmpty()) {
        Event event = events.remove();
        now = event.nanos();
        event.action().run();
        while (oldest < FRAMES && isOver(oldest)) {
          begin(oldest + inFlight);
          oldest++;
        }
      }
      for (int device = 0; device < devices; device++) {
        assertThat(next[FRAMES - 1][device])
            .isEqualTo(programs.of(new DeviceId(device)).steps().size());
      }
      return now;
    }

    private void begin(int frame) {
      for (int device = 0; frame < FRAMES && device < devices; device++) {
        advance(frame, device);
      }
    }

    private boolean isOver(int frame) {
      for (int device = 0; device < devices; device++) {
        if (next[frame][device] < programs.of(new DeviceId(device)).steps().size()) {
          return false;
        }
      }
      return true;
    }

    private void advance(int frame, int device) {
      DeviceId id = new DeviceId(device);
      List<Step> steps = programs.of(id).steps();
      while (!computing[frame][device] && next[frame][device] < steps.size()) {
        Step step = steps.get(next[frame][device]);
        if (step instanceof Step.Receive receive) {
          if (arrived[frame][device][receive.from().index()] == 0) {
            return;
          }
          arrived[frame][device][receive.from().index()]--;
        } else if (step instanceof Step.Send send) {
          send(frame, device, send);
        } else if (step instanceof Step.Compute compute) {
          BlockTile tile =
              BlockTile.of(
                  programs.graph(), programs.graph().shapes(), compute.block(), compute.outputs());
          Runnable onEnd =
              () -> {
                computing[frame][device] = false;
                next[frame][device]++;
                advance(frame, device);
              };
          computing[frame][device] = true;
          processors.get(device).add(new Job(frame, cost.computeNanos(id, tile), () -> {}, onEnd));
          return;
        }
        next[frame][device]++;
      }
    }

    private void send(int frame, int from, Step.Send send) {
      int to = send.to().index();
      DeviceId sender = new DeviceId(from);
      double nanos = cost.transmissionNanos(sender, send.to(), send.slice().bytes());
      Runnable arrive =
          () -> {
            arrived[frame][to][from]++;
            advance(frame, to);
          };
      Runnable onEnd =
          () -> events.add(new Event(now + cost.delayNanos(sender, send.to()), arrive));
      Job receiving = new Job(frame, nanos, () -> {}, onEnd);
      outgoing
          .get(from)
          .add(new Job(frame, nanos, () -> incoming.get(to).add(receiving), () -> {}));
    }

    private final class Server {
      private final PriorityQueue<Job> waiting =
          new PriorityQueue<>(Comparator.comparingInt(Job::frame));
      private boolean busy;

      private void add(Job job) {
        waiting.add(job);
        serve();
      }

      private void serve() {
        if (busy || waiting.isEmpty()) {
          return;
        }
        busy = true;
        Job job = waiting.remove();
        job.onStart().run();
        events.add(
            new Event(
                now + job.nanos(),
                () -> {
                  busy = false;
                  job.onEnd().run();
                  serve();
                }));
      }
    }
  }
}
