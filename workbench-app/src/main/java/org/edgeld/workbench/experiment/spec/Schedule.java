package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of a sweep's trials. A round measures each configuration once. Changing the boards
 * costs seconds, so a round has all trials on the same boards one after the other; which boards
 * come when, and the order of networks, numbers of devices, methods and twins on them, is drawn
 * anew for each round. Drift that lasts longer than a round thus touches all configurations alike;
 * within a single round it may touch some boards more than others. The same specification gives the
 * same order.
 */
public final class Schedule {
  private Schedule() {}

  /**
   * Trials of a round on the same boards.
   *
   * @param boards the devices
   * @param trials in the order to measure them
   */
  public record Block(Boards boards, List<Trial> trials) {
    public Block {
      trials = List.copyOf(trials);
    }
  }

  /** Returns the blocks in the order to measure them. */
  public static List<Block> of(SweepSpec spec) {
    Random random = new Random(spec.procedure().seed());
    List<Configuration> all = spec.configurations();
    List<Block> blocks = new ArrayList<>();
    for (int round = 0; round < spec.procedure().rounds(); round++) {
      List<Boards> order = new ArrayList<>(spec.boards());
      Collections.shuffle(order, random);
      for (Boards boards : order) {
        List<Configuration> here = all.stream().filter(c -> c.boards().equals(boards)).toList();
        List<Trial> turn = new ArrayList<>();
        for (Configuration configuration : here) {
          turn.add(new Trial(configuration, false, round));
        }
        if (spec.noiseFloor()) {
          turn.add(new Trial(reference(here), true, round));
        }
        Collections.shuffle(turn, random);
        blocks.add(new Block(boards, turn));
      }
    }
    return blocks;
  }

  /** The configuration to measure twice: the first one on most devices. */
  private static Configuration reference(List<Configuration> here) {
    int most = here.stream().mapToInt(Configuration::devices).max().orElseThrow();
    return here.stream().filter(c -> c.devices() == most).findFirst().orElseThrow();
  }

  /** Returns all trials in the order to measure them. */
  public static List<Trial> trials(SweepSpec spec) {
    return of(spec).stream().flatMap(block -> block.trials().stream()).toList();
  }
}
