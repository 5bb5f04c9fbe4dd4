package org.edgeld.workbench.experiment.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.results.MethodJson;
import org.edgeld.workbench.run.Batch;

/** A specification as JSON that says everything; reading it gives an equal one. */
public final class SpecJson {
  private SpecJson() {}

  /** Returns a specification as JSON. */
  public static ObjectNode of(SweepSpec spec) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", spec.name());
    if (!spec.agents().isEmpty()) {
      spec.agents().forEach(json.putArray("agents")::add);
    }
    ArrayNode grids = json.putArray("grids");
    spec.grids().forEach(grid -> grids.add(grid(grid, spec.agents().isEmpty())));
    json.put("noiseFloor", spec.noiseFloor());
    spec.convolutions()
        .ifPresent(
            grid -> {
              ObjectNode own = json.putObject("convolutions");
              grid.sizes().forEach(own.putArray("sizes")::add);
              grid.channels().forEach(own.putArray("channels")::add);
              own.put("seconds", grid.seconds());
            });
    SweepSpec.Procedure procedure = spec.procedure();
    json.put("warmup", procedure.warmup());
    json.put("repeats", procedure.repeats());
    json.put("rounds", procedure.rounds());
    json.put("seed", procedure.seed());
    json.put("coolDownMs", procedure.coolDownMillis());
    json.put("timeLimitSeconds", procedure.timeLimitSeconds());
    return json;
  }

  private static ObjectNode grid(SweepSpec.Grid grid, boolean local) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode models = json.putArray("models");
    // one element each: the order of networks numbers the configurations
    for (Network network : grid.networks()) {
      ObjectNode own = models.addObject().put("model", network.model());
      if (network.inputSize() != Networks.OWN_SIZE) {
        own.putArray("inputSizes").add(network.inputSize());
      }
    }
    grid.devices().forEach(json.putArray("devices")::add);
    List<String> chosen = grid.boards().get(0).agents();
    if (!chosen.isEmpty()) {
      chosen.forEach(json.putArray("agents")::add);
    }
    if (local) {
      numbers(json, "cpuShares", grid.boards(), Boards::cpuShares);
      if (grid.boards().get(0).linked()) {
        numbers(json, "linkMbps", grid.boards(), Boards::linkMbps);
      }
      json.put("linkDelayMs", grid.boards().get(0).linkDelayMillis());
      if (grid.boards().get(0).memoryMegabytes() > 0) {
        json.put("memoryMb", grid.boards().get(0).memoryMegabytes());
      }
    }
    ArrayNode batches = json.putArray("batches");
    for (Batch batch : grid.batches()) {
      batches.addObject().put("frames", batch.frames()).put("inFlight", batch.inFlight());
    }
    ArrayNode strategies = json.putArray("strategies");
    grid.methods().forEach(method -> strategies.add(of(method)));
    return json;
  }

  private static void numbers(
      ObjectNode json, String field, List<Boards> boards, Function<Boards, PerDevice> of) {
    ArrayNode array = json.putArray(field);
    boards.stream().map(of).distinct().forEach(values -> array.add(dealt(values)));
  }

  /** Returns one number for all devices, or the list that is dealt out to them. */
  public static JsonNode dealt(PerDevice values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.values().forEach(array::add);
    return values.same() ? array.get(0) : array;
  }

  private static ObjectNode of(NamedMethod named) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("label", named.label());
    json.setAll(MethodJson.of(named.method()));
    return json;
  }
}
