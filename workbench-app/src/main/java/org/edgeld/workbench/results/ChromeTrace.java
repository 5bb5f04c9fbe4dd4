package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.edgeld.geometry.Slice;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.DeviceTotals;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * A frame as a trace for chrome://tracing and Perfetto: the JSON array of the Trace Event Format.
 * Each device is a process of the group "measured" and one of the group "predicted", with threads
 * for computing, sending, waiting, serialising and copying; times are microseconds since the
 * frame's start. Spans are named by their block or slice.
 */
public final class ChromeTrace {
  /** Category of what was measured. */
  public static final String MEASURED = "measured";

  /** Category of what was predicted. */
  public static final String PREDICTED = "predicted";

  private final ArrayNode events = JsonNodeFactory.instance.arrayNode();
  private final RunResult result;
  private final ProgramSet programs;

  private ChromeTrace(RunResult result) {
    this.result = result;
    this.programs = result.planned().programs();
  }

  /**
   * Writes the frame nearest the median, and its prediction, to a file, replacing it as a whole.
   */
  public static void write(Path file, ReportedRun run) throws IOException {
    WholeFile.write(file, out -> out.write(new ObjectMapper().writeValueAsBytes(of(run.result()))));
  }

  /** Returns the frame nearest the median, and its prediction, as trace events. */
  public static ArrayNode of(RunResult result) {
    ChromeTrace trace = new ChromeTrace(result);
    int devices = trace.programs.programs().size();
    trace.add(MEASURED, 0, result.medianTrace());
    trace.add(PREDICTED, devices, result.planned().prediction());
    return trace.events;
  }

  private void add(String category, int firstProcess, Trace trace) {
    for (int d = 0; d < programs.programs().size(); d++) {
      DeviceId device = new DeviceId(d);
      int process = firstProcess + d + 1;
      String name = result.devices().get(d).name();
      metadata(process, 0, "process_name", device + " " + name + ", " + category);
      events
          .addObject()
          .put("name", "process_sort_index")
          .put("ph", "M")
          .put("pid", process)
          .putObject("args")
          .put("sort_index", process);
      events
          .addObject()
          .put("name", "process_labels")
          .put("ph", "M")
          .put("pid", process)
          .putObject("args")
          .put("labels", words(DeviceTotals.of(trace, device)));
      Map<Span.Kind, List<Span>> byKind = new EnumMap<>(Span.Kind.class);
      trace.spans().stream()
          .filter(span -> span.device().equals(device))
          .sorted(Comparator.comparingLong(Span::startNanos))
          .forEach(span -> byKind.computeIfAbsent(span.kind(), k -> new ArrayList<>()).add(span));
      byKind.forEach((kind, spans) -> addThreads(category, process, kind, spans));
    }
  }

  private static String words(DeviceTotals totals) {
    String words =
        "busy %.1f ms, sending %.1f ms (%.0f %% while computing), waiting %.1f ms"
            .formatted(
                totals.busyNanos() / 1e6,
                totals.transferNanos() / 1e6,
                100 * totals.overlap(),
                totals.waitNanos() / 1e6);
    return words
        + part(", serialising %.1f ms", totals.serialiseNanos())
        + part(", copying %.2f ms", totals.assembleNanos());
  }

  private static String part(String words, long nanos) {
    return nanos == 0 ? "" : words.formatted(nanos / 1e6);
  }

  /** Spans of one thread must not overlap, so those that do get threads of their own. */
  private void addThreads(String category, int process, Span.Kind kind, List<Span> spans) {
    List<Long> laneEnds = new ArrayList<>();
    for (Span span : spans) {
      int lane = 0;
      while (lane < laneEnds.size() && laneEnds.get(lane) > span.startNanos()) {
        lane++;
      }
      int thread = 100 * (kind.ordinal() + 1) + lane;
      if (lane == laneEnds.size()) {
        laneEnds.add(span.endNanos());
        String name = kind.name().toLowerCase(Locale.ROOT);
        metadata(process, thread, "thread_name", lane == 0 ? name : name + " " + (lane + 1));
      } else {
        laneEnds.set(lane, span.endNanos());
      }
      addSpan(category, process, thread, span);
    }
  }

  private void addSpan(String category, int process, int thread, Span span) {
    ObjectNode event = events.addObject();
    ObjectNode args = JsonNodeFactory.instance.objectNode();
    args.put("step", span.step());
    event.put("name", describe(span, args));
    event.put("cat", category + "," + span.kind().name().toLowerCase(Locale.ROOT));
    event.put("ph", "X");
    event.put("ts", span.startNanos() / 1e3);
    event.put("dur", span.durationNanos() / 1e3);
    event.put("pid", process);
    event.put("tid", thread);
    event.set("args", args);
  }

  private void metadata(int process, int thread, String what, String name) {
    events
        .addObject()
        .put("name", what)
        .put("ph", "M")
        .put("pid", process)
        .put("tid", thread)
        .putObject("args")
        .put("name", name);
  }

  private String describe(Span span, ObjectNode args) {
    List<Step> steps = programs.of(span.device()).steps();
    if (span.step() < 0 || span.step() >= steps.size()) {
      return "step " + span.step();
    }
    Step step = steps.get(span.step());
    step.accept(new Figures(args, result.precision()));
    return StepWords.of(programs.graph(), step);
  }

  /** Adds the figures of a step to what the viewer shows of its span. */
  private record Figures(ObjectNode args, Precision precision) implements Step.Handler<Void> {
    @Override
    public Void receive(Step.Receive step) {
      return slice(step.slice());
    }

    @Override
    public Void compute(Step.Compute step) {
      args.put(
          "rows",
          step.outputs().stream()
              .map(slice -> slice.rows().toString())
              .collect(Collectors.joining(", ")));
      args.put("bytes", step.outputs().stream().mapToLong(Slice::bytes).sum());
      return null;
    }

    @Override
    public Void send(Step.Send step) {
      return slice(step.slice());
    }

    @Override
    public Void release(Step.Release step) {
      return null;
    }

    private Void slice(Slice slice) {
      args.put("rows", slice.rows().toString());
      args.put("bytes", precision.expectedBytes(slice.elements()));
      return null;
    }
  }
}
