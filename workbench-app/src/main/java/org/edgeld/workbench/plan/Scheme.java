package org.edgeld.workbench.plan;

import java.util.List;
import java.util.Optional;

/**
 * A published system as settings: what it overrides in a method. Schemes stay selectable as the
 * references to beat. Strips are computed as a whole: no scheme here sends a part of one early.
 *
 * @param id the name on the command line
 * @param title the name in the window
 * @param explanation what the scheme does, in plain words, and its paper
 * @param strategy how blocks are split
 * @param fusion where blocks end
 * @param routing which way slices travel
 * @param headRole what the head does; empty leaves the method's
 * @param poolsOnHead whether the head pools; empty leaves the method's
 */
public record Scheme(
    String id,
    String title,
    String explanation,
    String strategy,
    String fusion,
    Routing routing,
    Optional<HeadRole> headRole,
    Optional<Boolean> poolsOnHead) {
  /** EdgeLD to the letter. */
  public static final Scheme EDGELD =
      new Scheme(
          "edgeld",
          "EdgeLD",
          "The group leader splits, merges, pools and runs the linear layers; the others compute"
              + " the convolutions between two pools as one fused block, split by Algorithm 1 (Xue"
              + " et al., HPCC 2020).",
          "ocbp-paper",
          "between-pools",
          Routing.HEAD,
          Optional.of(HeadRole.LEADER),
          Optional.of(true));

  /** MoDNN's body of the network. */
  public static final Scheme MODNN =
      new Scheme(
          "modnn",
          "MoDNN",
          "Every layer is split by the devices' capability and merged at the head before the next"
              + " (Mao et al., DATE 2017).",
          "bodp",
          "layer",
          Routing.HEAD,
          Optional.empty(),
          Optional.empty());

  /** Returns all schemes. */
  public static List<Scheme> all() {
    return List.of(EDGELD, MODNN);
  }

  /**
   * Returns the scheme of that id.
   *
   * @throws InfeasiblePlanException naming the nearest one if there is none
   */
  public static Scheme find(String id) throws InfeasiblePlanException {
    List<String> ids = all().stream().map(Scheme::id).toList();
    return all().stream()
        .filter(scheme -> scheme.id().equals(id))
        .findFirst()
        .orElseThrow(() -> InfeasiblePlanException.unknown("scheme", id, ids, ""));
  }

  /** Returns the method with this scheme's settings in place of its own. */
  public Method apply(Method method) {
    return method
        .with(strategy, fusion)
        .with(routing)
        .with(headRole.orElse(method.headRole()))
        .withPoolsOnHead(poolsOnHead.orElse(method.poolsOnHead()))
        .with(Overlap.OFF);
  }
}
