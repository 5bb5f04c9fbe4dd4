package org.edgeld.workbench.experiment;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.experiment.statistics.Medians;

/**
 * A trial that is over.
 *
 * @param trial what was to be measured
 * @param started when it began
 * @param seconds how long it took, deploying included
 * @param session which start of the sweep it belongs to, from 0
 * @param outcome what came of it
 */
public record TrialRecord(
    Trial trial, Instant started, double seconds, int session, Outcome outcome) {
  /** What came of a trial. */
  public sealed interface Outcome {}

  /**
   * It was measured.
   *
   * @param predictedMillis time of a batch that the planner expected; of one frame its latency
   * @param lowerBoundMillis latency that no plan beats under the same cost model
   * @param bytesMoved payload between devices per frame
   * @param memoryBytes per device, what the plan needs
   * @param programsSha256 digest of the compiled plan: equal plans have equal digests
   * @param samples the measured frames by configuration: {@code plan}, {@code local}, {@code
   *     remote}, each in the order measured
   * @param remoteDevice index of the device of {@code remote}, or -1
   * @param maxAbsError largest difference from the undivided network over all frames
   * @param outputScale largest absolute value of the undivided network's output
   * @param outputAgrees whether the outputs are the undivided network's but for rounding
   * @param devices what each device did in the frame nearest the median
   * @param warnings sentences about what may distort the figures
   * @param emulated whether any device ran emulated, whoever asked for it
   * @param accuracy how far the plan's outputs are from the undivided network's; empty in lines of
   *     earlier versions
   */
  public record Measured(
      double predictedMillis,
      double lowerBoundMillis,
      long bytesMoved,
      List<Long> memoryBytes,
      String programsSha256,
      Map<String, Samples> samples,
      int remoteDevice,
      double maxAbsError,
      double outputScale,
      boolean outputAgrees,
      List<DeviceTimes> devices,
      List<String> warnings,
      boolean emulated,
      Optional<Accuracy> accuracy)
      implements Outcome {
    public Measured {
      memoryBytes = List.copyOf(memoryBytes);
      samples = Map.copyOf(samples);
      devices = List.copyOf(devices);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * How far the plan's outputs are from the undivided network's.
   *
   * @param maxRelativeError largest difference over the output's scale
   * @param sameTop1Share of a classifier, the share of frames with the same best class
   * @param top5Share of a classifier, the mean share of the five best classes that are the same
   */
  public record Accuracy(
      double maxRelativeError, OptionalDouble sameTop1Share, OptionalDouble top5Share) {}

  /**
   * Measured frames of one configuration.
   *
   * @param latencyMillis by the head's clock, frame after frame
   * @param overcommittedMillis compute time that emulation could not hide, worst device
   * @param batchMillis of each repeat: from the first input being at the head to the last output
   *     being there; with one frame a repeat its latency
   */
  public record Samples(
      List<Double> latencyMillis, List<Double> overcommittedMillis, List<Double> batchMillis) {
    public Samples {
      latencyMillis = List.copyOf(latencyMillis);
      overcommittedMillis = List.copyOf(overcommittedMillis);
      batchMillis = List.copyOf(batchMillis);
      if (latencyMillis.size() != overcommittedMillis.size()) {
        throw new IllegalArgumentException(
            "%d latencies have %d overcommitments."
                .formatted(latencyMillis.size(), overcommittedMillis.size()));
      }
    }

    /** Returns how many frames each repeat has. */
    public int framesOfRepeat() {
      return latencyMillis.size() / batchMillis.size();
    }

    /**
     * Returns the median latency of the frames of each repeat. Frames of one batch wait for each
     * other, so only their batches are independent.
     */
    public List<Double> repeatLatencyMillis() {
      int frames = framesOfRepeat();
      return IntStream.range(0, batchMillis.size())
          .mapToObj(
              repeat -> Medians.of(latencyMillis.subList(repeat * frames, (repeat + 1) * frames)))
          .toList();
    }
  }

  /**
   * How one device spent a frame; each moment counts once.
   *
   * @param name of the agent
   * @param computeMillis computing
   * @param sendMillis sending, not while computing
   * @param waitMillis waiting for slices or serialising them, neither computing nor sending
   */
  public record DeviceTimes(
      String name, double computeMillis, double sendMillis, double waitMillis) {}

  /**
   * There is no plan.
   *
   * @param reason a sentence for the user
   */
  public record Infeasible(String reason) implements Outcome {}

  /**
   * It broke off.
   *
   * @param cause a sentence for the user
   */
  public record Failed(String cause) implements Outcome {}
}
