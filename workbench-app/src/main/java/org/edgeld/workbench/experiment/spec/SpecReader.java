package org.edgeld.workbench.experiment.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.program.Deployment;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonDocument;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.run.Batch;

/**
 * Reads a specification strictly. What is wrong is named by its path with what would be allowed;
 * what may be left out has the value that {@code docs/results.md} says.
 */
public final class SpecReader {
  private static final int MOST_DEVICES = 16;
  private static final int MOST_FRAMES = 100_000;
  private static final int MOST_SECONDS = 86_400;
  private static final int MOST_PIXELS = 8192;

  /** A map of so many pixels and channels still fits a buffer of an agent. */
  private static final int MOST_MAP = 512;

  private static final int MOST_CHANNELS = 1024;
  private static final int STANDARD_GRID_SECONDS = 20;

  private final Choices choices;

  /**
   * @param choices what may be named
   */
  public SpecReader(Choices choices) {
    this.choices = choices;
  }

  /**
   * Reads a file.
   *
   * @throws JsonDefectException with a sentence that names file and field
   */
  public SweepSpec read(Path file) throws JsonDefectException {
    return read(JsonDocument.read(file, "sweep"));
  }

  /** Reads a document. */
  public SweepSpec read(JsonFields json) throws JsonDefectException {
    String name = json.has("name") ? json.text("name") : "Sweep";
    List<String> agents = BoardsReader.agents(json);
    List<SweepSpec.Grid> grids = new ArrayList<>();
    if (json.has("grids")) {
      for (JsonFields grid : json.objects("grids")) {
        grids.add(grid(grid, agents, BoardsReader.chosen(grid, agents)));
        grid.end();
      }
      distinct(json, "grids", grids);
    } else {
      grids.add(grid(json, agents, agents));
    }
    boolean noiseFloor = !json.has("noiseFloor") || json.flag("noiseFloor");
    SweepSpec spec =
        new SweepSpec(
            name, agents, Labels.shorten(grids), noiseFloor, convolutions(json), procedure(json));
    json.end();
    return spec;
  }

  private SweepSpec.Grid grid(JsonFields json, List<String> all, List<String> agents)
      throws JsonDefectException {
    List<Network> networks = networks(json);
    List<Integer> devices = distinct(json, "devices", json.wholes("devices", 1, MOST_DEVICES));
    if (!agents.isEmpty() && devices.stream().anyMatch(count -> count > agents.size())) {
      throw json.problem(
          "devices",
          "(%s) are more than the %d agents".formatted(devices, agents.size()),
          "name more under agents");
    }
    return new SweepSpec.Grid(
        networks,
        devices,
        BoardsReader.boards(json, all, agents, Collections.max(devices)),
        new MethodReader(json, choices).methods(),
        batches(json));
  }

  private static List<Batch> batches(JsonFields json) throws JsonDefectException {
    if (!json.has("batches")) {
      return List.of(Batch.ONE);
    }
    List<Batch> batches = new ArrayList<>();
    for (JsonFields batch : json.objects("batches")) {
      int frames = batch.whole("frames", 1, MOST_FRAMES);
      int most = Math.min(frames, Deployment.MOST_FRAMES_IN_FLIGHT);
      batches.add(new Batch(frames, whole(batch, "inFlight", 1, 1, most)));
      batch.end();
    }
    return distinct(json, "batches", batches);
  }

  private static Optional<ConvolutionGrid> convolutions(JsonFields json)
      throws JsonDefectException {
    if (!json.has("convolutions")) {
      return Optional.empty();
    }
    JsonFields own = json.object("convolutions");
    ConvolutionGrid grid =
        new ConvolutionGrid(
            own.has("sizes")
                ? distinct(own, "sizes", own.wholes("sizes", 1, MOST_MAP))
                : ConvolutionGrid.PAPER_SIZES,
            own.has("channels")
                ? distinct(own, "channels", own.wholes("channels", 1, MOST_CHANNELS))
                : ConvolutionGrid.PAPER_CHANNELS,
            whole(own, "seconds", STANDARD_GRID_SECONDS, 1, MOST_SECONDS));
    own.end();
    return Optional.of(grid);
  }

  private static SweepSpec.Procedure procedure(JsonFields json) throws JsonDefectException {
    return new SweepSpec.Procedure(
        whole(json, "warmup", 2, 0, MOST_FRAMES),
        whole(json, "repeats", 10, 1, MOST_FRAMES),
        whole(json, "rounds", 1, 1, 1000),
        json.has("seed") ? json.wholeLong("seed", 0) : 1,
        whole(json, "coolDownMs", 0, 0, 1000 * MOST_SECONDS),
        whole(json, "timeLimitSeconds", 300, 1, MOST_SECONDS));
  }

  private static int whole(JsonFields json, String name, int otherwise, int least, int most)
      throws JsonDefectException {
    return json.has(name) ? json.whole(name, least, most) : otherwise;
  }

  private List<Network> networks(JsonFields json) throws JsonDefectException {
    Optional<List<Integer>> common = sizes(json);
    List<Network> networks = new ArrayList<>();
    for (JsonFields.TextOrObject element : json.textsOrObjects("models")) {
      String model;
      Optional<List<Integer>> sizes = common;
      String path = element.path();
      if (element.object().isPresent()) {
        JsonFields object = element.object().get();
        model = object.text("model");
        Optional<List<Integer>> own = sizes(object);
        sizes = own.isPresent() ? own : common;
        object.end();
        path += ".model";
      } else {
        model = element.text().orElseThrow();
      }
      requireKnown(json, path, model);
      List<Integer> wanted = sizes.orElse(List.of());
      for (int size : wanted.isEmpty() ? List.of(choices.networks().standardSize(model)) : wanted) {
        networks.add(checked(json, element.path(), new Network(model, size)));
      }
    }
    return distinct(json, "models", networks);
  }

  private static Optional<List<Integer>> sizes(JsonFields json) throws JsonDefectException {
    return json.has("inputSizes")
        ? Optional.of(distinct(json, "inputSizes", json.wholes("inputSizes", 1, MOST_PIXELS)))
        : Optional.empty();
  }

  private void requireKnown(JsonFields json, String path, String model) throws JsonDefectException {
    if (!choices.networks().known(model)) {
      List<String> names = choices.networks().names();
      throw JsonChoice.unknown(
          json, path, model, "a model", names, " or the path of an .onnx file");
    }
  }

  private Network checked(JsonFields json, String path, Network network)
      throws JsonDefectException {
    try {
      Model unused = choices.networks().open(network);
      return network;
    } catch (IllegalArgumentException e) {
      throw json.defect(path, "(%s): %s".formatted(network, e.getMessage()));
    }
  }

  static <T> List<T> distinct(JsonFields json, String field, List<T> values)
      throws JsonDefectException {
    if (values.isEmpty()) {
      throw json.problem(field, "is empty", "name one");
    }
    for (int i = 0; i < values.size(); i++) {
      if (values.indexOf(values.get(i)) < i) {
        throw json.problem(
            "%s[%d]".formatted(field, i),
            "(%s) is there twice".formatted(values.get(i)),
            "use rounds to measure again");
      }
    }
    return List.copyOf(new LinkedHashSet<>(values));
  }
}
