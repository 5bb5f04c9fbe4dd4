package org.edgeld.workbench.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.split.StrategyOption;

/** What may be said about strategies: what the class path offers. */
final class StrategyWords {
  private StrategyWords() {}

  /** What {@code --strategy} takes. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SplitStrategies.load().all().stream().map(SplitStrategy::id).iterator();
    }
  }

  /** What {@code --option} takes, strategy by strategy. */
  static final class Options implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SplitStrategies.load().all().stream()
          .flatMap(strategy -> strategy.options().stream().map(option -> words(strategy, option)))
          .iterator();
    }

    private static String words(SplitStrategy strategy, StrategyOption option) {
      return "%s of %s: %s".formatted(option.name(), strategy.id(), option.values().words());
    }
  }

  /** Returns values by name from what was typed as {@code name=value}. */
  static Map<String, String> parse(List<String> options) throws BadInputException {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "--option %s is not a name and a value. Maybe --option name=value.".formatted(option));
      }
      String name = option.substring(0, equals);
      if (chosen.put(name, option.substring(equals + 1)) != null) {
        throw new BadInputException(
            "--option %s is given twice. Maybe leave one of them out.".formatted(name));
      }
    }
    return chosen;
  }
}
