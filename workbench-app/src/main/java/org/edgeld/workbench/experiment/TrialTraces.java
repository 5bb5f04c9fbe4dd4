package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.results.ChromeTrace;
import org.edgeld.workbench.results.WholeFile;
import org.edgeld.workbench.run.RunResult;
import org.edgeld.workbench.trace.Span;
import org.edgeld.workbench.trace.Trace;

/**
 * The frame nearest the median of each measured trial, as a gzipped file that Perfetto opens: the
 * events of {@link ChromeTrace}, and in {@code otherData} the devices and both latencies.
 *
 * @param folder where the files are
 */
public record TrialTraces(Path folder) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** No recorded frame has more; what a damaged file unpacks to stays small. */
  private static final int MOST_BYTES = 64 << 20;

  private Path file(Trial trial) {
    return folder.resolve(trial.id() + ".json.gz");
  }

  /** Writes what was measured, replacing an earlier file as a whole. */
  void write(Trial trial, RunResult result) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("traceEvents", ChromeTrace.of(result));
    ObjectNode other = json.putObject("otherData");
    other.put("trial", trial.id());
    other.put("configuration", trial.configuration().toString());
    other.put("measuredNanos", result.medianTrace().latencyNanos());
    other.put("predictedNanos", result.planned().prediction().latencyNanos());
    result.devices().forEach(device -> other.withArray("devices").add(device.name()));
    Files.createDirectories(folder);
    WholeFile.write(
        file(trial),
        out -> {
          GZIPOutputStream zipped = new GZIPOutputStream(out);
          zipped.write(MAPPER.writeValueAsBytes(json));
          zipped.finish();
        });
  }

  /**
   * Returns the frame of a trial.
   *
   * @return empty if none was kept, as in folders of earlier versions, or the file is damaged
   */
  public Optional<FrameTrace> read(Trial trial) throws IOException {
    if (!Files.exists(file(trial))) {
      return Optional.empty();
    }
    byte[] bytes;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file(trial)))) {
      bytes = in.readNBytes(MOST_BYTES);
    } catch (ZipException | EOFException e) {
      return Optional.empty();
    }
    try {
      return frame(MAPPER.readTree(bytes));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<FrameTrace> frame(JsonNode json) {
    JsonNode other = json.path("otherData");
    List<String> devices = new ArrayList<>();
    other.path("devices").forEach(name -> devices.add(name.asText()));
    List<Span> measured = new ArrayList<>();
    List<Span> predicted = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (JsonNode event : json.path("traceEvents")) {
      Optional<Span> span = span(event, devices.size());
      if (span.isPresent() && event.path("cat").asText().startsWith(ChromeTrace.MEASURED)) {
        measured.add(span.get());
        names.add(event.path("name").asText());
      } else if (span.isPresent()) {
        predicted.add(span.get());
      }
    }
    long latency = other.path("measuredNanos").asLong();
    return devices.isEmpty() || latency < 1
        ? Optional.empty()
        : Optional.of(
            new FrameTrace(
                devices,
                trace(latency, measured, devices.size()),
                trace(other.path("predictedNanos").asLong(), predicted, devices.size()),
                names));
  }

  private static Trace trace(long latencyNanos, List<Span> spans, int devices) {
    return new Trace(latencyNanos, spans, Collections.nCopies(devices, 0L));
  }

  /** Returns the span of a complete event; processes are numbered as {@link ChromeTrace} does. */
  private static Optional<Span> span(JsonNode event, int devices) {
    int process = event.path("pid").asInt();
    String[] category = event.path("cat").asText().split(",", -1);
    if (!event.path("ph").asText().equals("X")
        || category.length != 2
        || process < 1
        || process > 2 * devices) {
      return Optional.empty();
    }
    long start = Math.round(1e3 * event.path("ts").asDouble());
    try {
      return Optional.of(
          new Span(
              new DeviceId((process - 1) % devices),
              Span.Kind.valueOf(category[1].toUpperCase(Locale.ROOT)),
              event.path("args").path("step").asInt(),
              start,
              start + Math.round(1e3 * event.path("dur").asDouble())));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // an edited file; what is left may still be drawn
    }
  }
}
