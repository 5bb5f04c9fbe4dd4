package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.fusion.Units;
import org.edgeld.workbench.plan.Plan;

/**
 * Adaptive optimally fused layers (AOFL; Zhou et al., SEC 2019): where fused blocks end is found by
 * dynamic programming over the units of the network, {@code D[j] = min over i < j of D[i] + t(i,
 * j)}, where {@code t} is the time of units {@code i..j} as one block, in strips in proportion to
 * the devices' speed: scatter, slowest device, gather. So a block is fused further where links are
 * slow, and less where the rows computed twice cost more than they save.
 *
 * <p>Departures from the paper: a block may also run on the head alone, so {@code D} has two
 * states; where slices travel from peer to peer, only the rows that a device lacks are counted in
 * place of scatter and gather; the head's own strip is taken to begin in its turn, after those sent
 * before it; a block has at most {@value #DEEPEST} units; and of the strongest devices ever fewer
 * are tried, the simulator choosing.
 */
public final class AoflSplit implements SplitStrategy {
  /** Units that a block has at most. */
  static final int DEEPEST = 16;

  private static final int MANY_WORKERS = 4;

  @Override
  public String id() {
    return "aofl";
  }

  @Override
  public String title() {
    return "AOFL";
  }

  @Override
  public String explanation() {
    return "Decides itself how many layers are fused, block by block, weighing transfers against"
        + " rows that are computed twice; strips in proportion to speed (Zhou et al., SEC"
        + " 2019).";
  }

  @Override
  public boolean usesFusion() {
    return false;
  }

  @Override
  public Plan plan(PlanContext context) {
    List<Block> units = Units.of(context.geometry());
    Strength strength = Strength.of(context, units);
    List<DeviceId> strongest = strength.strongestFirst(context.workers());
    List<Plan> plans = new ArrayList<>();
    for (int count = strongest.size(); count >= 1; count -= count > MANY_WORKERS ? 2 : 1) {
      List<DeviceId> chosen = strongest.subList(0, count).stream().sorted().toList();
      plans.add(new AoflSearch(context, units, chosen, strength.speeds(chosen)).plan());
    }
    return context.fastest(plans);
  }
}
