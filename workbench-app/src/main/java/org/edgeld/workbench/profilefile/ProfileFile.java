package org.edgeld.workbench.profilefile;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Slice;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profile.TileTime;
import org.edgeld.workbench.results.JsonFile;

/**
 * A profile as a JSON file.
 *
 * <pre>{@code
 * {
 *   "format": "edgeld-profile", "version": 2,
 *   "name": "lab bench",                                 what people call it; may be missing
 *   "model": "vgg16", "inputShape": [3, 224, 224],       channels, height, width
 *   "devices": [{
 *     "agent": {"name": "pi-1", …, "emulation": {…}},
 *     "interface": {"outgoingBitsPerSecond": 1e9,        of everything sent at one time; optional
 *                   "incomingBitsPerSecond": 1e9},       of everything received at one time
 *     "stepOverheadNanos": 1200000,
 *     "layers": [{
 *       "layer": "conv1_1", "outputShape": [64, 224, 224],
 *       "samples": [[64, 224, 224, 43000000], …]         channels, rows, columns, nanoseconds
 *     }, …],
 *     "regression": {"secondsPerFlop": 7e-11, "overheadSeconds": 0.003,
 *                    "points": [{"flops": 1806336, "seconds": 0.004}, …]},
 *     "steps": [{                                        of plans, timed as a whole; mostly none
 *       "layers": [0, 3],                                half-open, by their places in the model
 *       "outputs": [[3, 0, 64, 0, 112, 0, 224], …],      tensor, half-open channels, rows, columns
 *       "sums": [0, 2048],                               of a partial sum only: its input channels
 *       "nanos": 41000000
 *     }, …]
 *   }, …],
 *   "links": [{"from": 0, "to": 1, "roundTripNanos": 200000, "messageNanos": 9000,
 *              "bitsPerSecond": 1e8}, …]                 every ordered pair of devices once
 * }
 * }</pre>
 *
 * All fields but {@code name}, {@code sums} and {@code interface} are needed, and no others are
 * allowed. An interface that the file does not tell carries the rate that the agent is emulated
 * with; without one it is not known, and counts as the fastest of the device's links.
 */
public final class ProfileFile {
  /** What the field {@code format} says. */
  public static final String FORMAT = "edgeld-profile";

  static final int VERSION = 2;

  private ProfileFile() {}

  /** Writes a profile without a name to a file, replacing it as a whole. */
  public static void write(Path file, String model, ModelGraph graph, ClusterProfile profile)
      throws IOException {
    write(file, Optional.empty(), model, graph, profile);
  }

  /**
   * Writes a profile to a file, replacing it as a whole.
   *
   * @param name what people call it, if it has a name
   */
  public static void write(
      Path file, Optional<String> name, String model, ModelGraph graph, ClusterProfile profile)
      throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    name.ifPresent(words -> json.put("name", words));
    json.setAll(of(model, graph, profile));
    JsonFile.write(file, json);
  }

  /**
   * Reads a profile.
   *
   * @param model id of the model it shall be of
   * @param graph the model
   * @throws JsonDefectException with a sentence that names file and field
   */
  public static ClusterProfile read(Path file, String model, ModelGraph graph)
      throws JsonDefectException {
    return readNamed(file, model, graph).profile();
  }

  /**
   * Reads a profile with its name.
   *
   * @param model id of the model it shall be of
   * @param graph the model
   * @throws JsonDefectException with a sentence that names file and field
   */
  public static NamedProfile readNamed(Path file, String model, ModelGraph graph)
      throws JsonDefectException {
    return new ProfileReader(model, graph).read(JsonDocument.read(file, "profile"));
  }

  /** Returns a profile as JSON. */
  static ObjectNode of(String model, ModelGraph graph, ClusterProfile profile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("model", model);
    shape(json, "inputShape", graph.input());
    ArrayNode devices = json.putArray("devices");
    for (int i = 0; i < profile.size(); i++) {
      devices.add(device(graph, profile.devices().get(i), profile.interfaces().get(i)));
    }
    ArrayNode links = json.putArray("links");
    for (int from = 0; from < profile.size(); from++) {
      for (int to = 0; to < profile.size(); to++) {
        if (from != to) {
          LinkEstimate link = profile.links().get(from).get(to);
          links
              .addObject()
              .put("from", from)
              .put("to", to)
              .put("roundTripNanos", link.roundTripNanos())
              .put("messageNanos", link.messageNanos())
              .put("bitsPerSecond", link.bitsPerSecond());
        }
      }
    }
    return json;
  }

  private static void shape(ObjectNode json, String field, TensorShape shape) {
    json.putArray(field).add(shape.channels()).add(shape.height()).add(shape.width());
  }

  private static ObjectNode device(
      ModelGraph graph, DeviceProfile device, InterfaceEstimate interfaces) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("agent", agent(device.info()));
    if (!interfaces.equals(InterfaceEstimate.UNKNOWN)) {
      json.putObject("interface")
          .put("outgoingBitsPerSecond", interfaces.outgoingBitsPerSecond())
          .put("incomingBitsPerSecond", interfaces.incomingBitsPerSecond());
    }
    json.put("stepOverheadNanos", device.overhead().computeNanos());
    ArrayNode layers = json.putArray("layers");
    for (int i = 0; i < device.layers().size(); i++) {
      LayerTimes times = device.layers().get(i);
      ObjectNode layer = layers.addObject();
      layer.put("layer", graph.layers().get(i).name());
      shape(layer, "outputShape", times.shape());
      ArrayNode samples = layer.putArray("samples");
      for (LayerTimes.Sample sample : times.samples()) {
        samples
            .addArray()
            .add(sample.channels())
            .add(sample.rows())
            .add(sample.columns())
            .add(sample.nanos());
      }
    }
    Regression regression = device.regression();
    ObjectNode fit = json.putObject("regression");
    fit.put("secondsPerFlop", regression.secondsPerFlop());
    fit.put("overheadSeconds", regression.overheadSeconds());
    ArrayNode points = fit.putArray("points");
    for (Regression.Point point : regression.points()) {
      points.addObject().put("flops", point.flops()).put("seconds", point.seconds());
    }
    ArrayNode steps = json.putArray("steps");
    device.tiles().forEach(tile -> steps.add(step(tile)));
    return json;
  }

  private static ObjectNode step(TileTime tile) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("layers").add(tile.block().layerStart()).add(tile.block().layerEnd());
    ArrayNode outputs = json.putArray("outputs");
    for (Slice slice : tile.outputs()) {
      ArrayNode numbers = outputs.addArray().add(slice.tensor().index());
      for (Range range : List.of(slice.channels(), slice.rows(), slice.columns())) {
        numbers.add(range.start()).add(range.end());
      }
    }
    TensorId first = tile.outputs().get(0).tensor();
    if (first.isPartial()) {
      json.putArray("sums").add(first.sumStart()).add(first.sumEnd());
    }
    json.put("nanos", tile.nanos());
    return json;
  }

  private static ObjectNode agent(AgentInfo info) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", info.name());
    json.put("version", info.version());
    json.put("processor", info.processor());
    json.put("architecture", info.architecture());
    json.put("cores", info.cores());
    json.put("threads", info.threads());
    json.put("memoryBytes", info.memoryBytes());
    json.put("engine", info.engine());
    json.putObject("emulation")
        .put("cpuShare", info.emulation().cpuShare())
        .put("linkBitsPerSecond", info.emulation().linkBitsPerSecond())
        .put("linkDelayNanos", info.emulation().linkDelayNanos())
        .put("memoryBytes", info.emulation().memoryBytes());
    return json;
  }
}
