package org.edgeld.workbench.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.edgeld.message.AgentInfo;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.words.Figures;

/**
 * Agents in the places of a run's devices: those of the same name and kind, else of the same kind,
 * else of the same name, else any.
 *
 * @param agents device 0, 1, …; fewer than the run had if some are missing
 * @param differences a clause for each difference that matters; empty if there is none
 */
public record AgentMatch(List<KnownAgent> agents, List<String> differences) {
  public AgentMatch {
    agents = List.copyOf(agents);
    differences = List.copyOf(differences);
  }

  /** Tells whether there is an agent for every device. */
  public boolean complete(RunHead head) {
    return agents.size() == head.devices().size();
  }

  /** Finds agents for the devices of a run. */
  public static AgentMatch of(RunHead head, List<KnownAgent> now) {
    List<KnownAgent> free =
        new ArrayList<>(now.stream().filter(agent -> agent.info().isPresent()).toList());
    int devices = head.devices().size();
    if (free.size() < devices) {
      return new AgentMatch(
          free,
          List.of(
              "%d of its %d devices %s there"
                  .formatted(free.size(), devices, free.size() == 1 ? "is" : "are")));
    }
    KnownAgent[] places = new KnownAgent[devices];
    for (int pass = 0; pass < 4; pass++) {
      for (int i = 0; i < devices; i++) {
        AgentInfo then = head.devices().get(i);
        if (places[i] == null) {
          Optional<KnownAgent> found = free.stream().filter(fitting(then, pass)).findFirst();
          if (found.isPresent()) {
            places[i] = found.get();
            free.remove(found.get());
          }
        }
      }
    }
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      String letter = new DeviceId(i).letter();
      differences(head.devices().get(i), info(places[i]))
          .forEach(clause -> differences.add(letter + clause));
    }
    return new AgentMatch(List.of(places), differences);
  }

  private static AgentInfo info(KnownAgent agent) {
    return agent.info().orElseThrow();
  }

  private static Predicate<KnownAgent> fitting(AgentInfo then, int pass) {
    Predicate<KnownAgent> name = agent -> info(agent).name().equals(then.name());
    Predicate<KnownAgent> kind = agent -> differences(then, info(agent)).isEmpty();
    return switch (pass) {
      case 0 -> name.and(kind);
      case 1 -> kind;
      case 2 -> name;
      default -> agent -> true;
    };
  }

  /** Returns what may change times or outputs. */
  private static List<String> differences(AgentInfo then, AgentInfo now) {
    List<String> clauses = new ArrayList<>();
    DeviceKind was = DeviceKind.of(then);
    DeviceKind is = DeviceKind.of(now);
    add(clauses, "processor", was.processor(), is.processor());
    add(clauses, "architecture", was.architecture(), is.architecture());
    add(clauses, "cores", was.cores(), is.cores());
    add(clauses, "threads", was.threads(), is.threads());
    add(clauses, "memory", was.memory(), is.memory());
    add(clauses, "engine", was.engine(), is.engine());
    add(clauses, "CPU share", then.emulation().cpuShare(), now.emulation().cpuShare());
    add(
        clauses,
        "emulated link",
        link(then.emulation().linkBitsPerSecond()),
        link(now.emulation().linkBitsPerSecond()));
    add(
        clauses,
        "emulated delay",
        Figures.nanos(then.emulation().linkDelayNanos()),
        Figures.nanos(now.emulation().linkDelayNanos()));
    add(
        clauses,
        "emulated memory",
        memory(then.emulation().memoryBytes()),
        memory(now.emulation().memoryBytes()));
    return clauses;
  }

  private static String link(long bitsPerSecond) {
    return bitsPerSecond == 0 ? "none" : Figures.bitsPerSecond(bitsPerSecond);
  }

  private static String memory(long bytes) {
    return bytes == 0 ? "none" : Figures.bytes(bytes);
  }

  private static void add(List<String> clauses, String what, Object then, Object now) {
    if (!Objects.equals(then, now)) {
      clauses.add("'s %s was %s and is %s".formatted(what, then, now));
    }
  }

  /** Returns the differences as a sentence; empty if there is none. */
  public String sentence() {
    return differences.isEmpty()
        ? ""
        : "The agents differ: " + String.join("; ", differences) + ".";
  }
}
