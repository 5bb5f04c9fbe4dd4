package org.edgeld.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Binds an agent to some of this computer's cores, so that its threads stay where their caches are.
 * The virtual machine cannot, so the process begins through {@code taskset}; the number of compute
 * threads follows, for the virtual machine counts the cores it may use. Once begun, the process
 * looks whether it was bound.
 */
final class PinnedCores {
  static final String OPTION = "--cores";

  private static final Pattern RANGE = Pattern.compile("(\\d{1,4})(?:-(\\d{1,4}))?");
  private static final Pattern ASSIGNED = Pattern.compile(OPTION + "=(.*)");

  /** Linux's account of a process, and what begins the line of the cores it may use. */
  private static final Path STATUS = Path.of("/proc/self/status");

  private static final String ALLOWED = "Cpus_allowed_list:";

  private PinnedCores() {}

  /**
   * Returns how the command of an agent with some options begins: nothing if it is not bound, or
   * names cores that it cannot have, which {@link #check} refuses then.
   *
   * @param allowed list of the cores that this process may use, if known
   */
  static List<String> prefix(List<String> options, Optional<String> allowed) {
    return in(options)
        .filter(PinnedCores::isList)
        .filter(cores -> allowed.map(all -> missing(cores, all).isEmpty()).orElse(true))
        .map(cores -> List.of("taskset", "--cpu-list", cores))
        .orElse(List.of());
  }

  /** Returns what may help if the process cannot begin: nothing if it is not bound. */
  static String hint(List<String> options) {
    return prefix(options, Optional.empty()).isEmpty()
        ? ""
        : " Maybe leave out --cores, which needs taskset.";
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

  /** Tells whether a text lists cores, such as {@code 2,3} or {@code 4-7}, ranges ascending. */
  static boolean isList(String cores) {
    return parse(cores).isPresent();
  }

  private static Optional<BitSet> parse(String cores) {
    BitSet set = new BitSet();
    for (String part : cores.split(",", -1)) {
      Matcher range = RANGE.matcher(part);
      if (!range.matches()) {
        return Optional.empty();
      }
      int first = Integer.parseInt(range.group(1));
      int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (last < first) {
        return Optional.empty();
      }
      set.set(first, last + 1);
    }
    return Optional.of(set);
  }

  private static BitSet missing(String cores, String allowed) {
    BitSet missing = parse(cores).orElseThrow();
    missing.andNot(parse(allowed).orElseThrow());
    return missing;
  }

  /** Returns the list of the cores that this process may use; empty where it is not Linux. */
  static Optional<String> allowed() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(ALLOWED))
          .map(line -> line.substring(ALLOWED.length()).strip())
          .filter(PinnedCores::isList)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks that a process was bound as it was asked to be.
   *
   * @param cores what was given for {@link #OPTION}
   * @param allowed list of the cores that the process may use, if known
   * @throws IllegalArgumentException with a sentence for the user
   */
  static void check(String cores, Optional<String> allowed) {
    if (!isList(cores)) {
      throw new IllegalArgumentException(
          "%s \"%s\" is not a list of cores. Maybe write 2,3 or 4-7.".formatted(OPTION, cores));
    }
    if (allowed.isPresent() && !parse(cores).equals(parse(allowed.get()))) {
      throw new IllegalArgumentException(
          "%s %s does not hold, since the agent's process may use the cores %s. Maybe %s."
              .formatted(
                  OPTION,
                  cores,
                  allowed.get(),
                  missing(cores, allowed.get()).isEmpty()
                      ? "unset " + AgentProcess.TUNED + ", which has it begin unbound"
                      : "name some of these"));
    }
  }
}
