package org.edgeld.workbench.experiment.spec;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * A way to divide a network.
 *
 * @param label what tables and charts call it, different for every method of a sweep
 * @param strategy id of the strategy
 * @param options chosen about the strategy, by name
 * @param fusion id of the fusion rule
 * @param routing which way slices travel
 * @param headRole what the head does
 * @param poolsOnHead whether pooling layers run on the head
 * @param precision how slices travel
 */
public record Method(
    String label,
    String strategy,
    Map<String, String> options,
    String fusion,
    Routing routing,
    HeadRole headRole,
    boolean poolsOnHead,
    Precision precision) {
  /** Creates a method whose slices travel as float32. */
  public Method(
      String label,
      String strategy,
      Map<String, String> options,
      String fusion,
      Routing routing,
      HeadRole headRole,
      boolean poolsOnHead) {
    this(label, strategy, options, fusion, routing, headRole, poolsOnHead, Precision.FLOAT32);
  }

  public Method {
    options = Map.copyOf(options);
  }

  /** Returns a name of strategy and options, and of fusion, routing and precision if wanted. */
  String label(boolean withFusion, boolean withRouting, boolean withPrecision) {
    return strategy
        + words(options)
        + (withFusion ? "/" + fusion : "")
        + (withRouting ? "/" + routing.id() : "")
        + (withPrecision ? "/" + precision.id() : "");
  }

  private static String words(Map<String, String> options) {
    return options.isEmpty()
        ? ""
        : new TreeMap<>(options)
            .entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(";", "(", ")"));
  }

  /** Returns the same method under another name. */
  Method named(String other) {
    return new Method(other, strategy, options, fusion, routing, headRole, poolsOnHead, precision);
  }

  /** Returns the same method with slices that travel in another precision. */
  public Method with(Precision other) {
    return new Method(label, strategy, options, fusion, routing, headRole, poolsOnHead, other);
  }

  /** Tells whether both divide alike, whatever they are called. */
  public boolean sameAs(Method other) {
    return named("").equals(other.named(""));
  }

  /** Returns what to ask the planner for; the first device is the head. */
  public PlanRequest request(ModelGraph graph, ClusterProfile profile) {
    return new PlanRequest(
            graph,
            profile,
            new DeviceId(0),
            headRole,
            strategy,
            fusion,
            poolsOnHead,
            routing,
            options)
        .with(precision);
  }
}
