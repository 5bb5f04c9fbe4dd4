package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.plan.MethodWords.Part;

/** Names of methods that were given none: without what all of them have in common. */
final class Labels {
  /** What a name may say besides strategy and options, the least first. */
  private static final List<Set<Part>> ALL =
      IntStream.range(0, 1 << Part.values().length).mapToObj(Labels::parts).toList();

  private Labels() {}

  /** Returns some parts; the last is the lowest bit, so that it is told before the others. */
  private static Set<Part> parts(int bits) {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (Part part : Part.values()) {
      if ((bits >> (Part.values().length - 1 - part.ordinal()) & 1) != 0) {
        parts.add(part);
      }
    }
    return parts;
  }

  /** Returns all names that can be made of a method. */
  static List<String> all(Method method) {
    return ALL.stream().map(parts -> MethodWords.label(method, parts)).toList();
  }

  /** Returns the grids with names as short as tells all methods apart. */
  static List<SweepSpec.Grid> shorten(List<SweepSpec.Grid> grids) {
    List<NamedMethod> all = grids.stream().flatMap(grid -> grid.methods().stream()).toList();
    for (Set<Part> parts : ALL) {
      UnaryOperator<NamedMethod> named = method -> named(method, parts);
      if (toldApart(all.stream().map(named).toList())) {
        return grids.stream().map(grid -> with(grid, named)).toList();
      }
    }
    return grids;
  }

  /** Shortens a name that was made of a method; one that was given stays. */
  private static NamedMethod named(NamedMethod named, Set<Part> wanted) {
    for (Set<Part> parts : ALL) {
      if (MethodWords.label(named.method(), parts).equals(named.label())) {
        Set<Part> told = EnumSet.copyOf(parts);
        told.retainAll(wanted);
        return named.named(MethodWords.label(named.method(), told));
      }
    }
    return named;
  }

  /** Methods with equal names must be equal, those of all grids taken together. */
  private static boolean toldApart(List<NamedMethod> methods) {
    List<NamedMethod> distinct = new ArrayList<>(new HashSet<>(methods));
    Set<String> names = new HashSet<>();
    return distinct.stream().allMatch(method -> names.add(method.label()));
  }

  private static SweepSpec.Grid with(SweepSpec.Grid grid, UnaryOperator<NamedMethod> named) {
    return new SweepSpec.Grid(
        grid.networks(),
        grid.devices(),
        grid.boards(),
        grid.methods().stream().map(named).toList(),
        grid.batches());
  }
}
