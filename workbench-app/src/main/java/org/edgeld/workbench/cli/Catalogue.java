package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.edgeld.model.Model;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.edgeld.workbench.words.NearestName;

/**
 * Everything that is chosen by name.
 *
 * @param models the networks
 * @param strategies the ways to divide rows
 * @param fusions the ways to end blocks
 */
public record Catalogue(List<SampleModel> models, SplitStrategies strategies, FusionRules fusions) {
  public Catalogue {
    models = List.copyOf(models);
  }

  /** Returns what is built in and on the class path. */
  public static Catalogue load() {
    return new Catalogue(SampleModels.all(), SplitStrategies.load(), FusionRules.load());
  }

  /** Returns a network by its id. */
  SampleModel model(String id) throws BadInputException {
    return choose("model", id, models, SampleModel::id);
  }

  /** Returns a network at a size, its own if none is given. */
  Model model(String id, Optional<Integer> inputSize) throws BadInputException {
    SampleModel sample = model(id);
    try {
      return sample.create(inputSize.orElse(sample.defaultInputSize()));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Checks that strategy, options and fusion exist, before long work starts. */
  void check(Method method) throws BadInputException {
    choose("strategy", method.strategy(), strategies.all(), SplitStrategy::id);
    try {
      strategies.find(method.strategy(), method.options());
      fusions.find(method.fusion());
    } catch (InfeasiblePlanException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Returns the choice whose id is {@code text}. */
  static <T> T choose(String what, String text, List<T> choices, Function<T, String> id)
      throws BadInputException {
    for (T choice : choices) {
      if (id.apply(choice).equals(text)) {
        return choice;
      }
    }
    throw new BadInputException(unknown(what, text, choices.stream().map(id).toList()));
  }

  /** Returns a sentence about a name that is none, with the one it may have been meant to be. */
  static String unknown(String what, String text, List<String> known) {
    String names = String.join(", ", known);
    return "\"%s\" is not a %s. Maybe %s."
        .formatted(
            text,
            what,
            NearestName.of(text, known)
                .map(name -> "\"" + name + "\"; known are " + names)
                .orElse("one of " + names));
  }
}
