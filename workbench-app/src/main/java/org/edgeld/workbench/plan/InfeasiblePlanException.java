package org.edgeld.workbench.plan;

import java.util.List;
import org.edgeld.workbench.words.NearestName;

/** A request no plan can satisfy; the message is a sentence for the user. */
public final class InfeasiblePlanException extends Exception {
  private static final long serialVersionUID = 1L;

  public InfeasiblePlanException(String message) {
    super(message);
  }

  /**
   * Returns what to throw when a name is not known: {@code "ocpb" is not a strategy. Maybe "ocbp";
   * known are …}.
   *
   * @param what what was to be named
   * @param typed what was given
   * @param known all names there are
   * @param also appended to the known names, such as {@code " or a depth such as 2"}
   */
  public static InfeasiblePlanException unknown(
      String what, String typed, List<String> known, String also) {
    String maybe =
        NearestName.of(typed, known).map(name -> "\"" + name + "\"; known are").orElse("one of");
    return new InfeasiblePlanException(
        "\"%s\" is not %s %s. Maybe %s %s%s."
            .formatted(
                typed,
                "aeiou".indexOf(what.charAt(0)) < 0 ? "a" : "an",
                what,
                maybe,
                String.join(", ", known),
                also));
  }
}
