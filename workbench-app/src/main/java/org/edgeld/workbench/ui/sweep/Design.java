package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.experiment.Durations;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;

/**
 * What a form means.
 *
 * @param spec the specification; empty if something is wrong
 * @param problems what is wrong with a field, in the sentence of the reader of specifications
 * @param problem what is wrong with none of the fields; empty if nothing is
 * @param trials in the order to measure them; none if something is wrong
 * @param seconds how long they may take; empty while that is computed
 * @param speed on what that rests
 */
public record Design(
    Optional<SweepSpec> spec,
    Map<SpecField, String> problems,
    Optional<String> problem,
    List<Trial> trials,
    OptionalDouble seconds,
    CoreSpeed speed) {
  /** Nothing is known yet. */
  static final Design NOTHING =
      new Design(
          Optional.empty(),
          Map.of(),
          Optional.empty(),
          List.of(),
          OptionalDouble.empty(),
          CoreSpeed.ASSUMED);

  public Design {
    problems = Map.copyOf(problems);
    trials = List.copyOf(trials);
  }

  /** Returns how much there is to measure, in words. */
  public String size() {
    return spec.map(
            s -> {
              int configurations = s.configurations().size();
              return "%s of %s"
                  .formatted(count(trials.size(), "trial"), count(configurations, "configuration"));
            })
        .orElse("");
  }

  private static String count(int count, String of) {
    return "%d %s%s".formatted(count, of, count == 1 ? "" : "s");
  }

  /** Returns how long it may take, in words; empty while that is not known. */
  public String duration() {
    return seconds.isPresent() ? Durations.words(seconds.getAsDouble()) : "";
  }

  Design with(double known) {
    return new Design(spec, problems, problem, trials, OptionalDouble.of(known), speed);
  }

  Design restingOn(CoreSpeed known) {
    return new Design(spec, problems, problem, trials, seconds, known);
  }

  /** Returns on what the duration rests. */
  public String assumption() {
    return speed.words() + "; corrected once trials are measured";
  }
}
