package org.edgeld.workbench.profilefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.InterfaceEstimate;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.Regression;
import org.edgeld.workbench.profile.StepOverhead;
import org.edgeld.workbench.profile.TileTime;

/** Reads the fields of a profile and checks them against the model. */
final class ProfileReader {
  private static final int MOST_DEVICES = 1024;
  private static final int MOST_THREADS = 1 << 16;

  private final String model;
  private final ModelGraph graph;
  private final List<TensorShape> shapes;

  ProfileReader(String model, ModelGraph graph) {
    this.model = model;
    this.graph = graph;
    this.shapes = graph.shapes();
  }

  NamedProfile read(JsonFields json) throws JsonDefectException {
    if (!json.text("format").equals(ProfileFile.FORMAT)) {
      throw json.problem(
          "format",
          "(%s) is not %s".formatted(json.text("format"), ProfileFile.FORMAT),
          "it is a result; profiles are saved with profile --save or Ctrl+Shift+S");
    }
    json.whole("version", ProfileFile.VERSION, ProfileFile.VERSION);
    Optional<String> name = json.has("name") ? Optional.of(json.text("name")) : Optional.empty();
    String measured = json.text("model");
    if (!measured.equals(model)) {
      throw json.problem(
          "model", "(%s) is not %s".formatted(measured, model), "choose the model " + measured);
    }
    shape(json, "inputShape", graph.input());
    List<DeviceProfile> devices = new ArrayList<>();
    List<InterfaceEstimate> interfaces = new ArrayList<>();
    for (JsonFields device : json.objects("devices")) {
      Optional<InterfaceEstimate> told = interfaces(device);
      devices.add(device(device));
      AgentInfo agent = devices.get(devices.size() - 1).info();
      interfaces.add(told.orElseGet(() -> InterfaceEstimate.of(agent)));
    }
    if (devices.isEmpty() || devices.size() > MOST_DEVICES) {
      throw json.problem(
          "devices",
          "are %d, not 1 to %d".formatted(devices.size(), MOST_DEVICES),
          "measure again");
    }
    List<List<LinkEstimate>> links = links(json, devices.size());
    json.end();
    return new NamedProfile(name, new ClusterProfile(devices, links, interfaces));
  }

  private static void shape(JsonFields json, String field, TensorShape expected)
      throws JsonDefectException {
    List<Integer> shape = json.wholes(field, 3, 1, Integer.MAX_VALUE);
    if (!shape.equals(List.of(expected.channels(), expected.height(), expected.width()))) {
      throw json.problem(
          field,
          "(%s) is not the model's %s".formatted(shape, expected),
          "choose another input size");
    }
  }

  private static Optional<InterfaceEstimate> interfaces(JsonFields device)
      throws JsonDefectException {
    if (!device.has("interface")) {
      return Optional.empty();
    }
    JsonFields json = device.object("interface");
    double outgoing = rate(json, "outgoingBitsPerSecond");
    double incoming = rate(json, "incomingBitsPerSecond");
    json.end();
    return Optional.of(new InterfaceEstimate(outgoing, incoming));
  }

  private static double rate(JsonFields json, String field) throws JsonDefectException {
    double rate = json.number(field, 0, Double.MAX_VALUE);
    if (rate < LinkEstimate.LEAST_BITS_PER_SECOND) {
      throw json.problem(field, "(%s) is below 1 kbit/s".formatted(rate), "measure again");
    }
    return rate;
  }

  private DeviceProfile device(JsonFields json) throws JsonDefectException {
    AgentInfo info = agent(json.object("agent"));
    StepOverhead overhead = new StepOverhead(json.wholeLong("stepOverheadNanos", 0));
    List<JsonFields> parts = json.objects("layers");
    if (parts.size() != graph.layers().size()) {
      throw json.problem(
          "layers",
          "are %d, but %s has %d".formatted(parts.size(), model, graph.layers().size()),
          "the profile is of another network");
    }
    List<LayerTimes> layers = new ArrayList<>();
    for (JsonFields part : parts) {
      layers.add(layer(part, layers.size()));
    }
    Regression regression = regression(json.object("regression"));
    StepsReader steps = new StepsReader(graph, shapes);
    List<TileTime> tiles = new ArrayList<>();
    for (JsonFields part : json.objects("steps")) {
      tiles.add(steps.read(part));
    }
    json.end();
    return new DeviceProfile(info, layers, overhead, regression, tiles);
  }

  private static AgentInfo agent(JsonFields json) throws JsonDefectException {
    JsonFields emulation = json.object("emulation");
    double cpuShare = emulation.number("cpuShare", 0, 1);
    if (cpuShare == 0) {
      throw emulation.problem("cpuShare", "is 0", "1 for a device that is not slowed down");
    }
    AgentInfo info =
        new AgentInfo(
            json.text("name"),
            json.text("name"),
            json.text("version"),
            0,
            0,
            0,
            json.text("processor"),
            json.text("architecture"),
            json.whole("cores", 0, MOST_THREADS),
            json.whole("threads", 0, MOST_THREADS),
            json.wholeLong("memoryBytes", 0),
            json.text("engine"),
            new Emulation(
                cpuShare,
                emulation.wholeLong("linkBitsPerSecond", 0),
                emulation.wholeLong("linkDelayNanos", 0),
                emulation.wholeLong("memoryBytes", 0)),
            false);
    emulation.end();
    json.end();
    return info;
  }

  private LayerTimes layer(JsonFields json, int index) throws JsonDefectException {
    String name = json.text("layer");
    String expected = graph.layers().get(index).name();
    if (!name.equals(expected)) {
      throw json.problem(
          "layer",
          "(%s) should be %s".formatted(name, expected),
          "the profile is of another network");
    }
    TensorShape output = shapes.get(index + 1);
    shape(json, "outputShape", output);
    List<LayerTimes.Sample> samples = new ArrayList<>();
    for (List<Long> numbers : json.wholeLongLists("samples", 4, 0)) {
      try {
        samples.add(
            new LayerTimes.Sample(
                Math.toIntExact(numbers.get(0)),
                Math.toIntExact(numbers.get(1)),
                Math.toIntExact(numbers.get(2)),
                numbers.get(3)));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw json.problem(
            "samples", "(%s) are no box and its time".formatted(numbers), "measure again");
      }
    }
    try {
      LayerTimes times = new LayerTimes(output, samples);
      json.end();
      return times;
    } catch (IllegalArgumentException e) {
      throw json.problem("samples", "cannot be used: " + e.getMessage(), "measure again");
    }
  }

  private static Regression regression(JsonFields json) throws JsonDefectException {
    List<Regression.Point> points = new ArrayList<>();
    for (JsonFields point : json.objects("points")) {
      points.add(
          new Regression.Point(
              point.wholeLong("flops", 1), point.number("seconds", 0, Double.MAX_VALUE)));
      point.end();
    }
    Regression regression =
        new Regression(
            json.number("secondsPerFlop", 0, Double.MAX_VALUE),
            json.number("overheadSeconds", -Double.MAX_VALUE, Double.MAX_VALUE),
            points);
    json.end();
    return regression;
  }

  private static List<List<LinkEstimate>> links(JsonFields json, int devices)
      throws JsonDefectException {
    List<List<LinkEstimate>> links = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      links.add(new ArrayList<>());
    }
    int next = 0;
    List<JsonFields> parts = json.objects("links");
    if (parts.size() != devices * (devices - 1)) {
      throw json.problem(
          "links",
          "are %d, but %d devices have %d"
              .formatted(parts.size(), devices, devices * (devices - 1)),
          "measure again");
    }
    for (int from = 0; from < devices; from++) {
      for (int to = 0; to < devices; to++) {
        if (from == to) {
          links.get(from).add(LinkEstimate.SELF);
          continue;
        }
        JsonFields link = parts.get(next++);
        link.whole("from", from, from);
        link.whole("to", to, to);
        double rate = rate(link, "bitsPerSecond");
        links
            .get(from)
            .add(
                new LinkEstimate(
                    link.wholeLong("roundTripNanos", 0), link.wholeLong("messageNanos", 0), rate));
        link.end();
      }
    }
    return links;
  }
}
