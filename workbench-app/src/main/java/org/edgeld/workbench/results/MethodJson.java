package org.edgeld.workbench.results;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.edgeld.program.Precision;
import org.edgeld.workbench.json.JsonChoice;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.json.JsonFields;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;

/**
 * How a network is divided as JSON: the same fields in plans, runs and sweeps. {@code overlap} and
 * {@code precision} came later than the others; a file without them means whole strips and float32.
 */
public final class MethodJson {
  public static final String STRATEGY = "strategy";
  public static final String OPTIONS = "options";
  public static final String FUSION = "fusion";
  public static final String POOLS_ON_HEAD = "poolsOnHead";
  public static final String ROUTING = "routing";
  public static final String HEAD_ROLE = "headRole";
  public static final String OVERLAP = "overlap";
  public static final String PRECISION = "precision";

  /** The ways that slices travel. */
  public static final JsonChoice<Routing> ROUTINGS =
      new JsonChoice<>("a routing", List.of(Routing.values()), Routing::id);

  /** What the head does. */
  public static final JsonChoice<HeadRole> HEAD_ROLES =
      new JsonChoice<>("a role", List.of(HeadRole.values()), HeadRole::id);

  /** Whether strips are computed in parts. */
  public static final JsonChoice<Overlap> OVERLAPS =
      new JsonChoice<>("a choice of overlap", List.of(Overlap.values()), Overlap::id);

  /** How the values of slices travel. */
  public static final JsonChoice<Precision> PRECISIONS =
      new JsonChoice<>("a precision", List.of(Precision.values()), Precision::id);

  private MethodJson() {}

  /** Returns all choices as a JSON object. */
  public static ObjectNode of(Method method) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(STRATEGY, method.strategy());
    json.set(OPTIONS, options(method.options()));
    json.put(FUSION, method.fusion());
    json.put(POOLS_ON_HEAD, method.poolsOnHead());
    json.put(ROUTING, method.routing().id());
    json.put(HEAD_ROLE, method.headRole().id());
    json.put(OVERLAP, method.overlap().id());
    json.put(PRECISION, method.precision().id());
    return json;
  }

  /** Returns what was chosen about the strategy, by name. */
  public static ObjectNode options(Map<String, String> options) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    new TreeMap<>(options).forEach(json::put);
    return json;
  }

  /**
   * Reads all choices among the fields of an object. Whether there are such a strategy, options and
   * fusion rule is not checked.
   *
   * @throws JsonDefectException with a sentence that names the field
   */
  public static Method read(JsonFields json) throws JsonDefectException {
    return new Method(
        json.text(STRATEGY),
        json.textByName(OPTIONS),
        json.text(FUSION),
        json.flag(POOLS_ON_HEAD),
        ROUTINGS.read(json, ROUTING),
        HEAD_ROLES.read(json, HEAD_ROLE),
        OVERLAPS.read(json, OVERLAP, Overlap.OFF),
        PRECISIONS.read(json, PRECISION, Precision.FLOAT32));
  }
}
