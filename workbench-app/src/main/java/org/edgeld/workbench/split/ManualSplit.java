package org.edgeld.workbench.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.geometry.Block;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.words.NearestName;

/**
 * The researcher's own shares: one number for each device, in the order of device letters; rows are
 * divided in their proportion by cumulative rounding, so numbers that add up to a block's rows are
 * its rows. Single blocks can have other shares. A share of 0 leaves a device out. Blocks that do
 * not split, and the head's pools, run on the head unless they were given shares of their own.
 */
public final class ManualSplit implements SplitStrategy {
  private static final String EQUAL = "equal";
  private static final String NONE = "none";

  private static final StrategyOption ROWS =
      new StrategyOption(
          "rows",
          "Shares",
          "How the rows of every block are divided: a number for each device, in the order of their"
              + " letters; 0 leaves a device out.",
          EQUAL,
          new StrategyOption.Text("equal, or a share for each device such as 40,30,20,10"));

  private static final StrategyOption BLOCKS =
      new StrategyOption(
          "blocks",
          "Other shares",
          "Blocks that are divided otherwise: the block's number or the name of one of its layers, a"
              + " colon, and its shares; several are separated by semicolons.",
          NONE,
          new StrategyOption.Text("none, or shares of blocks such as 2:1,1,0,0;conv5_1:1,0,0,0"));

  @Override
  public String id() {
    return "manual";
  }

  @Override
  public String title() {
    return "Manual";
  }

  @Override
  public String explanation() {
    return "Rows are divided as you say: in proportion to one number for each device, for all blocks"
        + " or block by block.";
  }

  @Override
  public List<StrategyOption> options() {
    return List.of(ROWS, BLOCKS);
  }

  @Override
  public Plan plan(PlanContext context) throws InfeasiblePlanException {
    String rows = context.option(ROWS);
    double[] everywhere =
        rows.strip().equals(EQUAL) ? equal(context) : shares(context, ROWS.name(), rows);
    Map<Block, double[]> others = overrides(context);
    List<Stage> stages = new ArrayList<>();
    for (Block block : context.blocks()) {
      if (context.serial(block) && !others.containsKey(block)) {
        stages.add(context.alone(block, context.head()));
      } else {
        stages.add(stage(context, block, others.getOrDefault(block, everywhere)));
      }
    }
    return context.plan(stages);
  }

  private static Stage stage(PlanContext context, Block block, double[] shares) {
    List<DeviceId> devices = IntStream.range(0, context.devices()).mapToObj(DeviceId::new).toList();
    int[] heights = Shares.cumulative(shares, context.height(block));
    return context.stage(block, Shares.ranges(context.devices(), devices, heights));
  }

  private static double[] equal(PlanContext context) {
    double[] shares = new double[context.devices()];
    context.workers().forEach(worker -> shares[worker.index()] = 1);
    return shares;
  }

  private static Map<Block, double[]> overrides(PlanContext context)
      throws InfeasiblePlanException {
    String text = context.option(BLOCKS).strip();
    Map<Block, double[]> overrides = new HashMap<>();
    if (text.equals(NONE)) {
      return overrides;
    }
    for (String entry : text.split(";", -1)) {
      int colon = entry.lastIndexOf(':');
      if (colon < 1) {
        throw new InfeasiblePlanException(
            "\"%s\" does not say which block is divided how. Maybe blocks=1:%s."
                .formatted(entry, words(equal(context))));
      }
      Block block = block(context, entry.substring(0, colon).strip());
      double[] shares = shares(context, BLOCKS.name(), entry.substring(colon + 1));
      if (overrides.put(block, shares) != null) {
        throw new InfeasiblePlanException(
            "The block %s is given shares twice. Maybe leave one of them out."
                .formatted(block.label(context.graph())));
      }
    }
    return overrides;
  }

  private static Block block(PlanContext context, String name) throws InfeasiblePlanException {
    List<Block> blocks = context.blocks();
    if (name.matches("\\d{1,6}")) {
      int number = Integer.parseInt(name);
      if (number >= 1 && number <= blocks.size()) {
        return blocks.get(number - 1);
      }
      throw new InfeasiblePlanException(
          "There is no block %s. Maybe %d, the %s of %d."
              .formatted(
                  name,
                  number < 1 ? 1 : blocks.size(),
                  number < 1 ? "first" : "last",
                  blocks.size()));
    }
    List<String> names =
        context.graph().layers().stream().map(layer -> layer.name()).collect(Collectors.toList());
    int layer = names.indexOf(name);
    if (layer < 0) {
      throw new InfeasiblePlanException(
          "%s has no layer %s. Maybe %s."
              .formatted(
                  context.graph().name(),
                  name,
                  NearestName.of(name, names).orElse("a number from 1 to " + blocks.size())));
    }
    return blocks.stream()
        .filter(block -> layer >= block.layerStart() && layer < block.layerEnd())
        .findFirst()
        .orElseThrow();
  }

  private static double[] shares(PlanContext context, String option, String text)
      throws InfeasiblePlanException {
    List<Double> given = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      given.add(share(context, word.strip()));
    }
    double[] fitted = given.stream().limit(context.devices()).mapToDouble(share -> share).toArray();
    fitted = Arrays.copyOf(fitted, context.devices());
    boolean headOnlyLeads = !context.workers().contains(context.head());
    if (headOnlyLeads && fitted[context.head().index()] > 0) {
      fitted[context.head().index()] = 0;
      throw new InfeasiblePlanException(
          "%s gives the head rows, but it only leads. Maybe %s=%s."
              .formatted(text.strip(), option, words(usable(context, fitted))));
    }
    if (given.size() != context.devices()) {
      throw new InfeasiblePlanException(
          "%s has %d shares for %d devices. Maybe %s=%s."
              .formatted(
                  text.strip(),
                  given.size(),
                  context.devices(),
                  option,
                  words(usable(context, fitted))));
    }
    if (Arrays.stream(fitted).sum() == 0) {
      throw new InfeasiblePlanException(
          "%s gives nobody any rows. Maybe %s=%s."
              .formatted(text.strip(), option, words(equal(context))));
    }
    return fitted;
  }

  private static double[] usable(PlanContext context, double[] shares) {
    return Arrays.stream(shares).sum() > 0 ? shares : equal(context);
  }

  private static double share(PlanContext context, String word) throws InfeasiblePlanException {
    // digits only: Double.parseDouble would take "NaN", "1e999" and "0x1p3" as well
    if (word.matches("\\d{1,9}(\\.\\d{1,9})?")) {
      return Double.parseDouble(word);
    }
    throw new InfeasiblePlanException(
        "\"%s\" is not a share, which is a number of at least 0. Maybe %s."
            .formatted(word, words(equal(context))));
  }

  private static String words(double[] shares) {
    return Arrays.stream(shares)
        .mapToObj(
            share ->
                share == Math.rint(share) ? Long.toString((long) share) : Double.toString(share))
        .collect(Collectors.joining(","));
  }
}
