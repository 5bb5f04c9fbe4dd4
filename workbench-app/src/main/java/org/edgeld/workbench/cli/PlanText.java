package org.edgeld.workbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.BlockTile;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.geometry.Slice;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.explain.Explanation;
import org.edgeld.workbench.explain.PathWords;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.refine.TimedSteps;
import org.edgeld.workbench.simulate.SteadyState;
import org.edgeld.workbench.trace.Span;

/**
 * A plan as text for a terminal: which rows of which layers run where, and what that should cost.
 */
final class PlanText {
  /** Tiles of a device that are named; more are only counted. */
  private static final int MOST_TILES = 2;

  private PlanText() {}

  /** Returns the text, ended by a line break. */
  static String of(String model, List<String> names, PlannedRun planned, Explanation explanation) {
    PlanRequest request = planned.request();
    StringBuilder text = new StringBuilder();
    text.append(heading(model, names, request, MethodWords.clause(request.method())));
    text.append(
        "Rows of each layer's output that a device computes, halos included, × columns and c"
            + " channels if not all:\n");
    text.append(stages(names, planned)).append(sums(names, planned)).append('\n');
    text.append(devices(names, planned)).append('\n');
    text.append(
        "Predicted latency  %s ms\n"
            .formatted(Quantity.millis(planned.prediction().latencyNanos() / 1e6)));
    TimedSteps steps = TimedSteps.of(planned);
    if (steps.timed() > 0) {
      text.append(
          "                   from %d steps, %d of them timed as they run\n"
              .formatted(steps.all(), steps.timed()));
    }
    text.append(
        "Throughput         %.2f frames/s at most, with enough frames in flight; no plan carries more"
            .formatted(planned.framesPerSecond()));
    text.append(
        " than %.2f (gap %.1f %%)\n"
            .formatted(planned.mostFramesPerSecond(), 100 * planned.throughputGap()));
    text.append(
        "Lower bound        %s ms, of any plan; this one is %.1f %% above it\n"
            .formatted(Quantity.millis(planned.lowerBoundNanos() / 1e6), 100 * planned.gap()));
    text.append(
        "Overlap            %s; in %d of %d blocks a device computes several parts\n"
            .formatted(
                request.method().overlap().id(),
                planned.plan().blocksInParts(),
                planned.plan().stages().size()));
    text.append(
        "Bytes moved        %s per frame as %s%s\n"
            .formatted(
                Quantity.bytes(planned.bytesMoved()),
                planned.request().method().precision().id(),
                planned.request().method().precision() == Precision.FLOAT32
                    ? ""
                    : "; the time for writing them so is not predicted"));
    text.append(busiest(names, explanation));
    text.append(
        "Critical path      %s\n"
            .formatted(PathWords.of(planned, explanation.path(), explanation.latencyNanos())));
    text.append('\n').append(explanation.sentence());
    return text.append('\n').toString();
  }

  /** Returns what is divided over which devices, and how. */
  static String heading(String model, List<String> names, PlanRequest request, String method) {
    return "%s %s on %d devices: %s, head %s (%s)\n\n"
        .formatted(
            model,
            request.graph().input(),
            names.size(),
            method,
            names.get(request.head().index()),
            request.method().headRole().id());
  }

  private static String busiest(List<String> names, Explanation explanation) {
    SteadyState.Load load = explanation.busiest();
    return "Busiest            %s %s, %.0f %% of the time\n"
        .formatted(
            PathWords.of(load), names.get(load.device().index()), 100 * explanation.busyShare());
  }

  /** Explains stages that are divided by input channels, if there are some. */
  private static String sums(List<String> names, PlannedRun planned) {
    StringBuilder text = new StringBuilder();
    for (Stage stage : planned.plan().stages()) {
      if (stage.sums()) {
        String by =
            IntStream.range(0, names.size())
                .filter(device -> !stage.outputs().get(device).isEmpty())
                .mapToObj(device -> new DeviceId(device).letter())
                .collect(Collectors.joining(", "));
        text.append(
            "%s: each device sums over its input channels (Σ); added up by %s\n"
                .formatted(stage.block().label(planned.request().graph()), by));
      }
    }
    return text.toString();
  }

  private static TextTable stages(List<String> names, PlannedRun planned) {
    ModelGraph graph = planned.request().graph();
    List<TensorShape> shapes = graph.shapes();
    List<String> header = new ArrayList<>(List.of("stage", "layer", "height"));
    for (int d = 0; d < names.size(); d++) {
      header.add(new DeviceId(d).letter() + " " + names.get(d));
    }
    TextTable table = new TextTable(header);
    int number = 0;
    for (Stage stage : planned.plan().stages()) {
      number++;
      for (int i = 0; i < stage.block().size(); i++) {
        int layer = stage.block().layerStart() + i;
        List<String> row = new ArrayList<>();
        row.add(i == 0 ? Integer.toString(number) : "");
        row.add(graph.layers().get(layer).name());
        row.add(Integer.toString(shapes.get(layer + 1).height()));
        for (int d = 0; d < names.size(); d++) {
          row.add(computed(graph, shapes, stage, new DeviceId(d), layer));
        }
        table.row(row);
      }
    }
    return table;
  }

  /** Returns what a device computes of a layer: rows, columns and channels where not all. */
  private static String computed(
      ModelGraph graph, List<TensorShape> shapes, Stage stage, DeviceId device, int layer) {
    if (stage.sums()) {
      Range summed = stage.summed(device);
      return summed.isEmpty() ? "–" : "Σ " + summed;
    }
    List<List<Slice>> tiles = stage.tiles(device);
    if (tiles.isEmpty()) {
      return "–";
    }
    List<String> words = new ArrayList<>();
    for (List<Slice> outputs : tiles.subList(0, Math.min(MOST_TILES, tiles.size()))) {
      Region region = BlockTile.of(graph, shapes, stage.block(), outputs).region(layer);
      words.add(words(region, shapes.get(layer + 1)));
    }
    int more = tiles.size() - words.size();
    return String.join(" ", words) + (more > 0 ? " +" + more : "");
  }

  private static String words(Region region, TensorShape shape) {
    String words = region.rows().toString();
    if (region.isEmpty()) {
      return words;
    }
    if (region.columns().size() < shape.width()) {
      words += "×" + region.columns();
    }
    return region.channels().size() < shape.channels() ? words + " c" + region.channels() : words;
  }

  private static TextTable devices(List<String> names, PlannedRun planned) {
    TextTable table = new TextTable("device", "agent", "predicted compute ms", "memory");
    for (int d = 0; d < names.size(); d++) {
      DeviceId id = new DeviceId(d);
      table.row(
          id.letter(),
          names.get(d),
          Quantity.millis(planned.prediction().totalNanos(id, Span.Kind.COMPUTE) / 1e6),
          Quantity.bytes(planned.memoryBytes().get(d)));
    }
    return table;
  }
}
