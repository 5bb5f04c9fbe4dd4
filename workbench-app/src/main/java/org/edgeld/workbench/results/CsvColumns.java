package org.edgeld.workbench.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.Estimate;
import org.edgeld.workbench.run.RunResult.FrameSample;

/**
 * The data dictionary of the CSV: every column's name, unit, meaning and origin in one place, read
 * by the writer and by the documentation. Names are stable; new columns go to the end.
 */
public final class CsvColumns {
  /** A measured frame of a run. */
  record Row(ReportedRun run, FrameSample frame) {
    boolean ofPlan() {
      return frame.configuration().equals("plan");
    }

    String ofPlan(Object value) {
      return ofPlan() ? value.toString() : "";
    }

    Batch batch() {
      return run.result().batches().batch();
    }

    Emulation headEmulation() {
      return run.head().emulation();
    }

    /** Returns something of every device, separated by semicolons. */
    String each(Function<Emulation, String> of) {
      return run.result().devices().stream()
          .map(device -> of.apply(device.emulation()))
          .collect(Collectors.joining(";"));
    }
  }

  /**
   * One column.
   *
   * @param name in the header line, lower case with underscores
   * @param unit of the values, empty for words and counts
   * @param meaning a phrase for the documentation
   * @param value reads a frame's value; empty text where there is none
   */
  record Column(String name, String unit, String meaning, Function<Row, String> value) {}

  /** All columns in their order. */
  static final List<Column> ALL =
      List.of(
          column("run", "", "run this frame belongs to: start and model", r -> r.run().id()),
          column(
              "started",
              "ISO 8601, UTC",
              "when the run began",
              r -> r.run().result().started().toString()),
          column("model", "", "id of the model", r -> r.run().result().model()),
          column(
              "input_size",
              "pixels",
              "height of the input",
              r -> Integer.toString(r.run().graph().input().height())),
          column(
              "devices",
              "",
              "number of devices of the plan, idle ones included",
              r -> Integer.toString(r.run().result().devices().size())),
          column(
              "device_names",
              "",
              "names of the agents in the order of device letters, separated by semicolons",
              r -> r.run().deviceNames()),
          column("head", "", "agent that holds input and output", r -> r.run().head().name()),
          column(
              "head_role",
              "",
              "worker (computes strips) or leader (does not)",
              r -> r.run().request().method().headRole().id()),
          column(
              "scheme",
              "",
              "preset that chose the plan, empty if none",
              r -> r.run().details().scheme().orElse("")),
          column(
              "strategy", "", "how rows are divided", r -> r.run().request().method().strategy()),
          column("fusion", "", "where fused blocks end", r -> r.run().request().method().fusion()),
          column(
              "routing",
              "",
              "head or peer: which way slices travel",
              r -> r.run().request().method().routing().id()),
          column(
              "configuration",
              "",
              "what this frame ran: plan, or a baseline: local (undivided on the head), remote"
                  + " (undivided on one remote device, with its transfer)",
              r -> r.frame().configuration()),
          column(
              "repeat",
              "",
              "counts the measured repeats of a configuration from 0",
              r -> Integer.toString(r.frame().repeat())),
          column(
              "latency_ms",
              "ms",
              "from the input being at the head to the last output being there, by the head's"
                  + " clock",
              r -> decimal(r.frame().latencyMillis())),
          column(
              "predicted_ms",
              "ms",
              "latency the simulator expects of the plan; empty for baselines",
              r -> r.ofPlan(decimal(r.run().predictedMillis()))),
          column(
              "baseline_local_ms",
              "ms",
              "median latency of the undivided network on the head",
              r -> median(r.run().result().baselineLocal())),
          column(
              "baseline_remote_ms",
              "ms",
              "median latency of the undivided network on one remote device",
              r -> median(r.run().result().baselineRemote())),
          column(
              "bytes_moved",
              "bytes",
              "payload between devices per frame of the plan; empty for baselines",
              r -> r.ofPlan(r.run().result().bytesMoved())),
          column(
              "max_abs_error",
              "",
              "largest difference of this frame's outputs from the undivided network's",
              r -> decimal(r.frame().maxAbsError())),
          column(
              "output_scale",
              "",
              "largest absolute value of the undivided network's output",
              r -> decimal(r.run().result().outputScale())),
          column(
              "emulated",
              "",
              "true if any device was slowed down to play a weaker board",
              r -> Boolean.toString(r.run().result().emulated())),
          column(
              "cpu_share",
              "",
              "emulated fraction of one core of the head, 1 if not emulated",
              r -> decimal(r.headEmulation().cpuShare())),
          column(
              "link_mbps",
              "Mbit/s",
              "emulated link rate of the head, empty if not emulated",
              r -> emulated(r.headEmulation().linkBitsPerSecond(), 1e6)),
          column(
              "link_delay_ms",
              "ms",
              "emulated delay of what the head sends, empty if not emulated",
              r -> emulated(r.headEmulation().linkDelayNanos(), 1e6)),
          column(
              "overcommitted_ms",
              "ms",
              "compute time that emulation could not hide, worst device; about 0.1 per compute step"
                  + " is the accuracy of waking up, more means the computer was too busy",
              r -> decimal(r.frame().overcommittedMillis())),
          column(
              "seed",
              "",
              "of the input and of the order of measurement",
              r -> Long.toString(r.run().details().seed())),
          column(
              "options",
              "",
              "chosen about the strategy, name=value, separated by semicolons; empty if nothing"
                  + " was",
              r -> MethodWords.options(r.run().request().method())),
          column(
              "frame",
              "",
              "counts the frames of a repeat from 0",
              r -> Integer.toString(r.frame().frame())),
          column(
              "frames",
              "",
              "frames of a repeat, its batch",
              r -> Integer.toString(r.batch().frames())),
          column(
              "frames_in_flight",
              "",
              "how many of them are under way at one time",
              r -> Integer.toString(r.batch().inFlight())),
          column(
              "batch_ms",
              "ms",
              "of the frame's batch: from the first input being at the head to the last output"
                  + " being there, by the head's clock",
              r -> decimal(r.frame().batchMillis())),
          column(
              "frames_per_second",
              "1/s",
              "throughput of the frame's batch: frames over batch time",
              r -> decimal(r.run().result().batches().framesPerSecond(r.frame().batchMillis()))),
          column(
              "predicted_frames_per_second",
              "1/s",
              "throughput expected of a batch of the plan; empty for baselines",
              r -> r.ofPlan(decimal(r.run().result().batches().predictedFramesPerSecond()))),
          column(
              "overlap",
              "",
              "auto, on or off: whether strips were to be computed in parts, so that slices travel"
                  + " meanwhile",
              r -> r.run().request().method().overlap().id()),
          column(
              "blocks_in_parts",
              "",
              "number of the plan's blocks of which a device computes several parts one after the"
                  + " other; empty for baselines",
              r -> r.ofPlan(r.run().result().planned().plan().blocksInParts())),
          column(
              "precision",
              "",
              "how slices travelled between devices: float32, float16, int8 or lossless",
              r -> r.run().result().precision().id()),
          column(
              "max_relative_error",
              "",
              "max_abs_error over output_scale",
              r -> decimal(relative(r.frame().maxAbsError(), r.run().result().outputScale()))),
          column(
              "same_top1",
              "",
              "whether the best class is the undivided network's; empty without classes",
              r -> r.frame().classes().map(c -> Boolean.toString(c.sameTop1())).orElse("")),
          column(
              "top5_share",
              "",
              "share of the undivided network's five best classes that are among the five best;"
                  + " empty without classes",
              r -> r.frame().classes().map(c -> decimal(c.top5Share())).orElse("")),
          column(
              "lower_bound_ms",
              "ms",
              "latency that no plan beats under the same cost model; empty for baselines",
              r -> r.ofPlan(decimal(r.run().result().planned().lowerBoundNanos() / 1e6))),
          column(
              "gap_percent",
              "%",
              "by how much predicted_ms exceeds lower_bound_ms; empty for baselines",
              r -> r.ofPlan(decimal(100 * r.run().result().planned().gap()))),
          column(
              "cpu_shares",
              "",
              "emulated fraction of one core of each device in the order of device letters,"
                  + " separated by semicolons; 1 if not emulated",
              r -> r.each(emulation -> decimal(emulation.cpuShare()))),
          column(
              "links_mbps",
              "Mbit/s",
              "emulated link rate of each device in the order of device letters, separated by"
                  + " semicolons; nothing between them if not emulated",
              r -> r.each(emulation -> emulated(emulation.linkBitsPerSecond(), 1e6))));

  private CsvColumns() {}

  /** Returns the names in their order. */
  public static List<String> names() {
    return ALL.stream().map(Column::name).toList();
  }

  /** Returns the data dictionary as a Markdown table, as it stands in the documentation. */
  public static String markdown() {
    StringBuilder table = new StringBuilder("| column | unit | meaning |\n|---|---|---|\n");
    for (Column column : ALL) {
      table.append(
          "| `%s` | %s | %s |\n".formatted(column.name(), column.unit(), column.meaning()));
    }
    return table.toString();
  }

  private static Column column(
      String name, String unit, String meaning, Function<Row, String> value) {
    return new Column(name, unit, meaning, value);
  }

  /** Java writes doubles with a dot in every locale, and so that they read back exactly. */
  private static String decimal(double value) {
    return Double.toString(value);
  }

  private static double relative(double error, double scale) {
    return error == 0 ? 0 : error / scale;
  }

  private static String emulated(long value, double unit) {
    return value == 0 ? "" : decimal(value / unit);
  }

  private static String median(Optional<Estimate> estimate) {
    return estimate.map(e -> decimal(e.median())).orElse("");
  }
}
