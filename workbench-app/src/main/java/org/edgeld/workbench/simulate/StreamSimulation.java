package org.edgeld.workbench.simulate;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.BlockTile;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.cost.CostModel;

/**
 * Frames that follow each other, a few of them at one time. As on agents, a processor goes on with
 * the oldest frame that can go on, and the input of frame n + M is sent to the head when frame n is
 * over on all devices. Slices and inputs share interfaces as in {@link Simulator}.
 */
final class StreamSimulation {
  private final List<List<Step>> steps = new ArrayList<>();
  private final double[][] computeNanos;
  private final CostModel cost;
  private final int head;
  private final int frames;
  private final int inFlight;
  private final double inputNanos;
  private final EventLoop loop;
  private final List<Device> devices = new ArrayList<>();

  /** Per frame, how many devices are not done with it. */
  private final int[] unfinished;

  private final double[] outputNanos;
  private final boolean[] inputHere;
  private int begun;
  private int over;

  /**
   * @param frames how many there are, at least 1
   * @param inFlight how many of them are under way at one time, at least 1
   * @param inputNanos how long an input occupies the head's incoming interface; those of the first
   *     frames are there at the beginning
   */
  StreamSimulation(
      ProgramSet programs, CostModel cost, int frames, int inFlight, double inputNanos) {
    this.cost = cost;
    this.head = programs.head().index();
    this.frames = frames;
    this.inFlight = inFlight;
    this.inputNanos = inputNanos;
    this.unfinished = new int[frames];
    this.outputNanos = new double[frames];
    this.inputHere = new boolean[frames];
    int count = programs.programs().size();
    // inputs come from elsewhere
    this.loop = new EventLoop(cost.interfaces().withSource(head));
    this.computeNanos = new double[count][];
    List<TensorShape> shapes = programs.graph().shapes();
    for (int i = 0; i < count; i++) {
      DeviceId id = new DeviceId(i);
      List<Step> own = programs.of(id).steps();
      steps.add(own);
      computeNanos[i] = new double[own.size()];
      for (int step = 0; step < own.size(); step++) {
        if (own.get(step) instanceof Step.Compute compute) {
          BlockTile tile = compute.tile(programs.graph(), shapes);
          computeNanos[i][step] = cost.computeNanos(id, tile);
        }
      }
      devices.add(new Device(id, count));
    }
  }

  /** Returns when the head has the outputs of each frame, after it had the first input. */
  double[] run() {
    loop.at(0, () -> begin(0));
    loop.run();
    return outputNanos;
  }

  private void begin(double nanos) {
    while (begun < frames && begun < over + inFlight) {
      int frame = begun++;
      unfinished[frame] = devices.size();
      devices.forEach(device -> loop.at(nanos, () -> device.goOn(nanos)));
      if (frame < inFlight) {
        loop.at(nanos, () -> inputArrived(frame, nanos));
      } else {
        loop.send(
            nanos, devices.size(), head, inputNanos, (start, end) -> inputArrived(frame, end));
      }
    }
  }

  private void inputArrived(int frame, double nanos) {
    inputHere[frame] = true;
    devices.get(head).goOn(nanos);
  }

  private void done(int frame, int device, double nanos) {
    if (device == head) {
      outputNanos[frame] = nanos;
    }
    unfinished[frame]--;
    while (over < begun && unfinished[over] == 0) {
      over++;
    }
    begin(nanos);
  }

  /** Processor of one device, and what arrived there. */
  private final class Device {
    private final DeviceId id;
    private final List<Step> program;
    private final int[] next = new int[frames];
    private final int[][] arrived;
    private boolean busy;

    Device(DeviceId id, int peers) {
      this.id = id;
      this.program = steps.get(id.index());
      this.arrived = new int[frames][peers];
    }

    /** Goes on with frames, the oldest first, until one is computed or all wait. */
    private void goOn(double nanos) {
      for (int frame = over; frame < begun && !busy; frame++) {
        advance(frame, nanos);
      }
    }

    private void advance(int frame, double nanos) {
      if (next[frame] > program.size() || (id.index() == head && !inputHere[frame])) {
        return;
      }
      while (next[frame] < program.size()) {
        Step step = program.get(next[frame]);
        if (step instanceof Step.Receive receive) {
          if (arrived[frame][receive.from().index()] == 0) {
            return;
          }
          arrived[frame][receive.from().index()]--;
        } else if (step instanceof Step.Send send) {
          send(frame, send, nanos);
        } else if (step instanceof Step.Compute) {
          double end = nanos + computeNanos[id.index()][next[frame]];
          busy = true;
          next[frame]++;
          loop.at(
              end,
              () -> {
                busy = false;
                goOn(end);
              });
          return;
        }
        next[frame]++;
      }
      next[frame]++; // beyond the end, so that it is done once
      done(frame, id.index(), nanos);
    }

    private void send(int frame, Step.Send step, double nanos) {
      double duration = cost.transmissionNanos(id, step.to(), step.slice().bytes());
      double delay = cost.delayNanos(id, step.to());
      Device receiver = devices.get(step.to().index());
      loop.send(
          nanos,
          id.index(),
          step.to().index(),
          duration,
          (start, end) -> {
            double arrival = end + delay;
            loop.at(
                arrival,
                () -> {
                  receiver.arrived[frame][id.index()]++;
                  receiver.goOn(arrival);
                });
          });
    }
  }
}
