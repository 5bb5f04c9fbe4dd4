package org.edgeld.workbench.ui.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.edgeld.workbench.experiment.spec.Configuration;

/**
 * Names configurations by what they differ in, so that the end of a long name is not cut off where
 * all begin alike. Method and number of devices are always there.
 */
final class ConfigurationNames {
  private final boolean networks;
  private final boolean boards;
  private final boolean batches;

  /**
   * @param all the configurations to tell apart
   */
  ConfigurationNames(List<Configuration> all) {
    networks = differ(all, Configuration::network);
    boards = differ(all, Configuration::boards);
    batches = differ(all, Configuration::batch);
  }

  private static boolean differ(List<Configuration> all, Function<Configuration, Object> in) {
    return all.stream().map(in).distinct().count() > 1;
  }

  /** Returns a name, such as {@code ocbp/layer, 3 devices, 100 Mbit/s}. */
  String of(Configuration c) {
    List<String> words = new ArrayList<>();
    words.add(c.label());
    words.add(c.devices() == 1 ? "1 device" : c.devices() + " devices");
    if (networks) {
      words.add(c.network().toString());
    }
    if (boards) {
      words.add(c.boards().toString());
    }
    if (batches) {
      words.add("%d/%d frames".formatted(c.batch().frames(), c.batch().inFlight()));
    }
    return String.join(", ", words);
  }
}
