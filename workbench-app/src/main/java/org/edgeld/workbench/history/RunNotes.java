package org.edgeld.workbench.history;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * What a researcher says of a run.
 *
 * @param name empty if it has none
 * @param tags lower case, sorted, each once
 */
public record RunNotes(String name, List<String> tags) {
  /** Nothing was said. */
  public static final RunNotes NONE = new RunNotes("", List.of());

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TAG = 40;
  private static final int MOST_TAGS = 20;

  public RunNotes {
    name = name.strip();
    tags =
        tags.stream()
            .map(tag -> tag.strip().toLowerCase(Locale.ROOT))
            .filter(tag -> !tag.isEmpty())
            .distinct()
            .sorted()
            .toList();
    if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "The name (%s) is longer than %d characters or has more than one line. Maybe shorten it."
              .formatted(name.substring(0, Math.min(20, name.length())), LONGEST_NAME));
    }
    for (String tag : tags) {
      if (tag.length() > LONGEST_TAG || tag.contains(",") || !tag.equals(oneLine(tag))) {
        throw new IllegalArgumentException(
            "The tag (%s) is longer than %d characters or contains a comma or line break. Maybe use a short word."
                .formatted(oneLine(tag), LONGEST_TAG));
      }
    }
    if (tags.size() > MOST_TAGS) {
      throw new IllegalArgumentException(
          "%d tags are more than the %d that a run can have. Maybe leave some out."
              .formatted(tags.size(), MOST_TAGS));
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  /** Returns the same notes with another name. */
  public RunNotes named(String other) {
    return new RunNotes(other, tags);
  }

  /** Returns the same notes with other tags. */
  public RunNotes tagged(Collection<String> others) {
    return new RunNotes(name, List.copyOf(others));
  }
}
