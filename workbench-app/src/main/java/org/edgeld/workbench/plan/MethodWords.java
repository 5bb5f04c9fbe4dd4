package org.edgeld.workbench.plan;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.edgeld.program.Precision;

/** Methods in words, the same in tables, labels of charts and lists of runs. */
public final class MethodWords {
  /** What stands before a choice of overlap where it stands alone, as in {@code overlap-on}. */
  public static final String OVERLAP = "overlap-";

  private MethodWords() {}

  /** What a label may say besides strategy and options. */
  public enum Part {
    FUSION,
    ROUTING,
    OVERLAP,
    PRECISION
  }

  /** Returns what was chosen about the strategy: {@code grid=2x2;pairs=on}; empty if nothing. */
  public static String options(Method method) {
    return joined(method.options(), ";");
  }

  /** Returns options as they are typed, by name. */
  public static String joined(Map<String, String> options, String separator) {
    return new TreeMap<>(options)
        .entrySet().stream()
            .map(option -> option.getKey() + "=" + option.getValue())
            .collect(Collectors.joining(separator));
  }

  /** Returns a label such as {@code ftp(grid=2x2)/layer/peer/overlap-auto/int8}. */
  public static String label(Method method, Set<Part> told) {
    String options = method.options().isEmpty() ? "" : "(" + options(method) + ")";
    return method.strategy() + options + suffix(method, told);
  }

  /** Returns what follows in a label, such as {@code /layer/peer}; empty if nothing is told. */
  public static String suffix(Method method, Set<Part> told) {
    StringBuilder suffix = new StringBuilder();
    for (Part part : Part.values()) {
      if (told.contains(part)) {
        suffix.append('/').append(word(method, part));
      }
    }
    return suffix.toString();
  }

  private static String word(Method method, Part part) {
    return switch (part) {
      case FUSION -> method.fusion();
      case ROUTING -> method.routing().id();
      case OVERLAP -> OVERLAP + method.overlap().id();
      case PRECISION -> method.precision().id();
    };
  }

  /**
   * Returns few words for a list of runs, such as {@code ocbp · pools · peer}; what is standard
   * there is left out.
   *
   * @param scheme the preset that chose all but the precision; empty if none did
   */
  public static String brief(Optional<String> scheme, Method method) {
    String division = scheme.map(name -> name + " scheme").orElseGet(() -> division(method));
    return method.precision() == Precision.FLOAT32
        ? division
        : division + " · " + method.precision().id();
  }

  private static String division(Method method) {
    String chosen = String.join(" ", new TreeMap<>(method.options()).values());
    return method.strategy()
        + (chosen.isEmpty() ? "" : " " + chosen)
        + " · "
        + fusion(method.fusion())
        + " · "
        + method.routing().id()
        + (method.overlap() == Overlap.AUTO ? "" : " · overlap " + method.overlap().id());
  }

  private static String fusion(String id) {
    return switch (id) {
      case "layer" -> "layer";
      case Method.STANDARD_FUSION -> "pools";
      default -> "depth " + id;
    };
  }

  /** Returns how slices travel: {@code int8, overlap auto}; whole strips are not mentioned. */
  public static String transfer(Method method) {
    return method.precision().id()
        + (method.overlap() == Overlap.OFF ? "" : ", overlap " + method.overlap().id());
  }

  /** Returns it as a sentence goes on: {@code ocbp, fusion between-pools, routing peer}. */
  public static String clause(Method method) {
    return method.strategy() + ", " + common(method);
  }

  /** Returns the part of it that several strategies may have in common. */
  public static String common(Method method) {
    return "fusion %s, routing %s".formatted(method.fusion(), method.routing().id());
  }
}
