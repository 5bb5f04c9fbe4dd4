package org.edgeld.agent;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Binds an agent to some of this computer's cores, so that its threads stay where their caches are.
 * The virtual machine cannot, so the process begins through {@code taskset}; the number of compute
 * threads follows, for the virtual machine counts the cores it may use.
 */
final class PinnedCores {
  static final String OPTION = "--cores";

  private static final Pattern LIST =
      Pattern.compile("\\d{1,4}(-\\d{1,4})?(,\\d{1,4}(-\\d{1,4})?)*");
  private static final Pattern ASSIGNED = Pattern.compile(OPTION + "=(.*)");

  private PinnedCores() {}

  /** Returns how the command of an agent with some options begins: nothing if it is not bound. */
  static List<String> prefix(List<String> options) {
    return in(options).filter(PinnedCores::isList).map(PinnedCores::prefix).orElse(List.of());
  }

  /** Returns what may help if the process cannot begin: nothing if it is not bound. */
  static String hint(List<String> options) {
    return prefix(options).isEmpty() ? "" : " Maybe leave out --cores, which needs taskset.";
  }

  private static List<String> prefix(String cores) {
    return List.of("taskset", "--cpu-list", cores);
  }

  private static Optional<String> in(List<String> options) {
    Optional<String> found = Optional.empty();
    for (int i = 0; i < options.size(); i++) {
      Matcher assigned = ASSIGNED.matcher(options.get(i));
      if (assigned.matches()) {
        found = Optional.of(assigned.group(1));
      } else if (options.get(i).equals(OPTION) && i + 1 < options.size()) {
        found = Optional.of(options.get(i + 1));
      }
    }
    return found;
  }

  /** Tells whether a text lists cores, such as {@code 2,3} or {@code 4-7}. */
  static boolean isList(String cores) {
    return LIST.matcher(cores).matches();
  }
}
