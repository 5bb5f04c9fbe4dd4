package org.edgeld.workbench.split;

import java.util.List;
import java.util.Optional;

/**
 * Something a researcher may choose about one strategy, such as the shape of a grid. The command
 * line takes it as {@code --option name=value}; the window shows a control for it.
 *
 * @param name on the command line and in files, such as {@code grid}
 * @param title in the window
 * @param explanation what it does, in plain words
 * @param standard value if nothing is chosen, as text
 * @param values what may be chosen
 */
public record StrategyOption(
    String name, String title, String explanation, String standard, Values values) {
  /** What may be chosen. */
  public sealed interface Values {
    /** Returns what is wrong with a value, as the end of a sentence; empty if it is allowed. */
    Optional<String> wrong(String value);

    /** Returns what may be chosen, in a few words. */
    String words();
  }

  /**
   * One of a few words.
   *
   * @param choices in the order to show them
   */
  public record OneOf(List<String> choices) implements Values {
    public OneOf {
      choices = List.copyOf(choices);
    }

    @Override
    public Optional<String> wrong(String value) {
      return choices.contains(value)
          ? Optional.empty()
          : Optional.of("is none of " + String.join(", ", choices));
    }

    @Override
    public String words() {
      return String.join(" or ", choices);
    }
  }

  /**
   * A whole number.
   *
   * @param least smallest allowed
   * @param most largest allowed
   */
  public record WholeNumber(int least, int most) implements Values {
    @Override
    public Optional<String> wrong(String value) {
      try {
        int number = Integer.parseInt(value);
        if (number >= least && number <= most) {
          return Optional.empty();
        }
      } catch (NumberFormatException e) {
        // the sentence below says what is expected
      }
      return Optional.of("is not " + words());
    }

    @Override
    public String words() {
      return "a whole number from %d to %d".formatted(least, most);
    }
  }

  /**
   * Free text that the strategy reads itself.
   *
   * @param form what it looks like, such as {@code rows x columns, or auto}
   */
  public record Text(String form) implements Values {
    @Override
    public Optional<String> wrong(String value) {
      return value.isBlank() ? Optional.of("is empty; expected " + form) : Optional.empty();
    }

    @Override
    public String words() {
      return form;
    }
  }
}
