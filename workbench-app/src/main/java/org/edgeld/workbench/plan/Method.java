package org.edgeld.workbench.plan;

import java.util.Map;
import org.edgeld.program.Precision;

/**
 * How a network is asked to be divided: all that is chosen besides the network, the devices and who
 * holds input and output. Requests, saved plans, kept runs and sweeps hold the same choices.
 *
 * @param strategy id of a strategy, such as {@code ocbp}
 * @param options chosen about the strategy, by name; what is not chosen has its standard value
 * @param fusion id of a fusion rule: {@code layer}, {@code between-pools} or a depth
 * @param poolsOnHead whether pooling layers run on the head instead of inside blocks, as in EdgeLD
 * @param routing which way slices travel; a plan may choose the other
 * @param headRole whether the head computes strips
 * @param overlap whether strips are computed in parts
 * @param precision how the values of slices travel
 */
public record Method(
    String strategy,
    Map<String, String> options,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    HeadRole headRole,
    Overlap overlap,
    Precision precision) {
  /** Where blocks end if nothing else is chosen. */
  public static final String STANDARD_FUSION = "between-pools";

  public Method {
    options = Map.copyOf(options);
  }

  /**
   * Returns a strategy with its standard options and otherwise what is standard: blocks between
   * pools, a head that works, and slices that travel from peer to peer as float32. Strips are
   * computed as a whole, as strategies were published.
   */
  public static Method of(String strategy) {
    return new Method(
        strategy,
        Map.of(),
        STANDARD_FUSION,
        false,
        Routing.PEER,
        HeadRole.WORKER,
        Overlap.OFF,
        Precision.FLOAT32);
  }

  /** Returns the same method for another strategy, its standard options, and fusion rule. */
  public Method with(String otherStrategy, String otherFusion) {
    return new Method(
        otherStrategy, Map.of(), otherFusion, poolsOnHead, routing, headRole, overlap, precision);
  }

  /** Returns the same method with other options of the strategy. */
  public Method with(Map<String, String> others) {
    return new Method(strategy, others, fusion, poolsOnHead, routing, headRole, overlap, precision);
  }

  /** Returns the same method with blocks of another fusion rule. */
  public Method withFusion(String other) {
    return new Method(strategy, options, other, poolsOnHead, routing, headRole, overlap, precision);
  }

  /** Returns the same method with or without pooling on the head. */
  public Method withPoolsOnHead(boolean other) {
    return new Method(strategy, options, fusion, other, routing, headRole, overlap, precision);
  }

  /** Returns the same method with slices that travel another way. */
  public Method with(Routing other) {
    return new Method(strategy, options, fusion, poolsOnHead, other, headRole, overlap, precision);
  }

  /** Returns the same method with a head that works or leads. */
  public Method with(HeadRole other) {
    return new Method(strategy, options, fusion, poolsOnHead, routing, other, overlap, precision);
  }

  /** Returns the same method with or without strips in parts. */
  public Method with(Overlap other) {
    return new Method(strategy, options, fusion, poolsOnHead, routing, headRole, other, precision);
  }

  /** Returns the same method with slices that travel in another precision. */
  public Method with(Precision other) {
    return new Method(strategy, options, fusion, poolsOnHead, routing, headRole, overlap, other);
  }
}
