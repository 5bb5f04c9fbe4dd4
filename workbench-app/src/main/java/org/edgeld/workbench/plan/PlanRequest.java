package org.edgeld.workbench.plan;

import java.util.Map;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * What a researcher asks the planner for.
 *
 * @param graph the model
 * @param profile devices and links
 * @param head who holds input and output
 * @param headRole whether the head computes strips
 * @param strategy id of a strategy, such as {@code ocbp}
 * @param fusion id of a fusion rule: {@code layer}, {@code between-pools} or a depth
 * @param poolsOnHead whether pooling layers run on the head instead of inside blocks, as in EdgeLD
 * @param routing which way slices travel
 * @param options chosen about the strategy, by name; what is not chosen has its standard value
 * @param overlap whether strips are computed in parts
 * @param precision how the values of slices travel
 */
public record PlanRequest(
    ModelGraph graph,
    ClusterProfile profile,
    DeviceId head,
    HeadRole headRole,
    String strategy,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    Map<String, String> options,
    Overlap overlap,
    Precision precision) {
  public PlanRequest {
    options = Map.copyOf(options);
  }

  /** Creates a request of slices that travel as float32. */
  public PlanRequest(
      ModelGraph graph,
      ClusterProfile profile,
      DeviceId head,
      HeadRole headRole,
      String strategy,
      String fusion,
      boolean poolsOnHead,
      Routing routing,
      Map<String, String> options,
      Overlap overlap) {
    this(
        graph,
        profile,
        head,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap,
        Precision.FLOAT32);
  }

  /** Creates a request that computes strips as a whole, as strategies were published. */
  public PlanRequest(
      ModelGraph graph,
      ClusterProfile profile,
      DeviceId head,
      HeadRole headRole,
      String strategy,
      String fusion,
      boolean poolsOnHead,
      Routing routing,
      Map<String, String> options) {
    this(
        graph,
        profile,
        head,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        Overlap.OFF);
  }

  /** Creates such a request that chooses nothing about the strategy. */
  public PlanRequest(
      ModelGraph graph,
      ClusterProfile profile,
      DeviceId head,
      HeadRole headRole,
      String strategy,
      String fusion,
      boolean poolsOnHead,
      Routing routing) {
    this(graph, profile, head, headRole, strategy, fusion, poolsOnHead, routing, Map.of());
  }

  /** Returns the same request with more or less known of the devices. */
  public PlanRequest with(ClusterProfile otherProfile) {
    return new PlanRequest(
        graph,
        otherProfile,
        head,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap,
        precision);
  }

  /** Returns the same request of slices that travel in another precision. */
  public PlanRequest with(Precision otherPrecision) {
    return new PlanRequest(
        graph,
        profile,
        head,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap,
        otherPrecision);
  }

  /** Returns the same request with another head. */
  public PlanRequest with(DeviceId otherHead) {
    return new PlanRequest(
        graph,
        profile,
        otherHead,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap,
        precision);
  }

  /** Returns the same request for another strategy, its standard options, and fusion rule. */
  public PlanRequest with(String otherStrategy, String otherFusion) {
    return new PlanRequest(
            graph,
            profile,
            head,
            headRole,
            otherStrategy,
            otherFusion,
            poolsOnHead,
            routing,
            Map.of(),
            overlap)
        .with(precision);
  }

  /** Returns the same request with or without strips in parts. */
  public PlanRequest with(Overlap other) {
    return new PlanRequest(
        graph,
        profile,
        head,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        other,
        precision);
  }

  /** Returns the request of an undivided network on the same devices, a baseline. */
  public PlanRequest baseline(String otherStrategy) {
    return new PlanRequest(
        graph,
        profile,
        head,
        headRole,
        otherStrategy,
        fusion,
        false,
        routing,
        Map.of(),
        Overlap.OFF,
        precision);
  }
}
