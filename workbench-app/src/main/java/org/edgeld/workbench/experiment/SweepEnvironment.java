package org.edgeld.workbench.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Layer;
import org.edgeld.model.Model;
import org.edgeld.model.Sha256;
import org.edgeld.wire.ProtocolVersion;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.results.AgentJson;
import org.edgeld.workbench.results.Environment;
import org.edgeld.workbench.results.JsonFile;

/**
 * {@code environment.json}: what a sweep ran on, a session for each start, so that a sweep resumed
 * elsewhere or later says so.
 */
final class SweepEnvironment {
  private static final String SESSIONS = "sessions";

  private final SweepFolder folder;
  private final ObjectNode document;
  private final ArrayNode agents;
  private final int session;
  private final Set<Object> seen = new HashSet<>();

  private SweepEnvironment(SweepFolder folder, ObjectNode document, ArrayNode agents, int session) {
    this.folder = folder;
    this.document = document;
    this.agents = agents;
    this.session = session;
  }

  /** Adds a session to the file, which is made if it is missing. */
  static SweepEnvironment open(
      SweepFolder folder, SweepSpec spec, Networks networks, Instant started)
      throws IOException, SweepFolderException {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    if (Files.exists(folder.environment())) {
      try {
        document = JsonTree.read(folder.environment());
      } catch (JsonDefectException e) {
        throw new SweepFolderException(e.getMessage(), e);
      }
    } else {
      document.set("models", models(spec, networks));
    }
    requireSame(folder, document, models(spec, networks));
    ArrayNode sessions =
        document.get(SESSIONS) instanceof ArrayNode before ? before : document.putArray(SESSIONS);
    ObjectNode own = sessions.addObject();
    own.put("started", started.toString());
    own.put("protocolVersion", ProtocolVersion.CURRENT);
    for (Map.Entry<String, String> fact : Environment.here().entrySet()) {
      own.put(fact.getKey(), fact.getValue());
    }
    SweepEnvironment environment =
        new SweepEnvironment(folder, document, own.putArray("agents"), sessions.size() - 1);
    JsonFile.write(folder.environment(), document);
    return environment;
  }

  /** Trials of two networks under one name must not be pooled. */
  private static void requireSame(SweepFolder folder, ObjectNode document, ArrayNode models)
      throws SweepFolderException {
    for (int i = 0; i < models.size(); i++) {
      JsonNode before = document.path("models").path(i);
      for (String digest : List.of("graphSha256", "weightsSha256")) {
        if (!before.path(digest).asText().equals(models.get(i).path(digest).asText())) {
          throw new SweepFolderException(
              "The network %s is not the one that the sweep in %s began with. Maybe its file was replaced; begin anew with --out."
                  .formatted(models.get(i).path("model").asText(), folder.path()));
        }
      }
    }
  }

  private static ArrayNode models(SweepSpec spec, Networks networks) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Network network : spec.networks()) {
      Model model = networks.open(network);
      String weights = model.graph().layers().stream().map(Layer::weights).toList().toString();
      array
          .addObject()
          .put("model", network.model())
          .put("inputSize", network.inputSize())
          .put("graphSha256", sha256(model.graph().toString()))
          .put("weightsSha256", sha256(weights))
          .put("parameters", model.graph().parameters());
    }
    return array;
  }

  private static String sha256(String text) {
    return Sha256.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).hex();
  }

  /** Returns the number of this session, from 0. */
  int session() {
    return session;
  }

  /** Notes agents, each once. */
  void saw(Boards boards, List<KnownAgent> cluster) throws IOException {
    boolean fresh = false;
    for (AgentInfo info : cluster.stream().flatMap(agent -> agent.info().stream()).toList()) {
      if (seen.add(List.of(boards, info.agentId()))) {
        agents.add(AgentJson.of(info));
        fresh = true;
      }
    }
    if (fresh) {
      JsonFile.write(folder.environment(), document);
    }
  }
}
