package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.results.Environment;
import org.edgeld.workbench.results.JsonFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how fast this computer's cores are, from one sweep to the next, in a file of the user.
 *
 * @param folder where the file is
 */
public record CoreSpeeds(Path folder) {
  private static final Logger LOG = LoggerFactory.getLogger(CoreSpeeds.class);
  private static final String PROCESSOR = "processor";
  private static final String CORES = "cores";
  private static final String FLOPS = "flopsPerSecond";

  /** This computer, described once: forecasts are made anew with every change of a form. */
  private static final class Here {
    static final Map<String, String> VALUES = Environment.here();
  }

  private Path file() {
    return folder.resolve("core-speed.json");
  }

  /** Returns what an earlier sweep found on this processor; empty if there was none. */
  public Optional<CoreSpeed> kept() {
    if (!Files.exists(file())) {
      return Optional.empty();
    }
    try {
      JsonNode json = JsonTree.read(file());
      double rate = json.path(FLOPS).asDouble();
      boolean here =
          json.path(PROCESSOR).asText().equals(Here.VALUES.get(PROCESSOR))
              && json.path(CORES).asText().equals(Here.VALUES.get(CORES));
      return here && rate > 0 && rate < Double.POSITIVE_INFINITY
          ? Optional.of(new CoreSpeed(rate, CoreSpeed.Origin.KEPT))
          : Optional.empty();
    } catch (IOException | JsonDefectException e) {
      return Optional.empty(); // it is only a guide
    }
  }

  /** Remembers a speed; that it cannot be written is no failure of whatever found it. */
  public void keep(CoreSpeed speed) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(PROCESSOR, Here.VALUES.get(PROCESSOR));
    json.put(CORES, Here.VALUES.get(CORES));
    json.put(FLOPS, speed.flopsPerSecond());
    try {
      Files.createDirectories(folder);
      JsonFile.write(file(), json);
    } catch (IOException e) {
      LOG.warn("The speed of this computer's cores cannot be kept: {}", e.toString());
    }
  }
}
