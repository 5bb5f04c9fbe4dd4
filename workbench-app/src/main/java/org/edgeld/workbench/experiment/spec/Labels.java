package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Names of methods that were given none: without what all of them have in common. */
final class Labels {
  private Labels() {}

  /** Returns the grids with names as short as tells all methods apart. */
  static List<SweepSpec.Grid> shorten(List<SweepSpec.Grid> grids) {
    List<Method> all = grids.stream().flatMap(grid -> grid.methods().stream()).toList();
    for (Parts parts : Parts.ALL) {
      UnaryOperator<Method> named = method -> named(method, parts);
      if (toldApart(all.stream().map(named).toList())) {
        return grids.stream().map(grid -> with(grid, named)).toList();
      }
    }
    return grids;
  }

  /** What a name says besides strategy and options. */
  private record Parts(boolean fusion, boolean routing, boolean precision) {
    /** The least first. */
    static final List<Parts> ALL =
        IntStream.range(0, 8)
            .mapToObj(bits -> new Parts((bits & 4) != 0, (bits & 2) != 0, (bits & 1) != 0))
            .toList();

    String name(Method method) {
      return method.label(fusion, routing, precision);
    }

    Parts and(Parts other) {
      return new Parts(
          fusion && other.fusion, routing && other.routing, precision && other.precision);
    }
  }

  /** Shortens a name that was made of a method; one that was given stays. */
  private static Method named(Method method, Parts wanted) {
    return Parts.ALL.stream()
        .filter(parts -> parts.name(method).equals(method.label()))
        .findFirst()
        .map(parts -> method.named(parts.and(wanted).name(method)))
        .orElse(method);
  }

  /** Methods with equal names must be equal, those of all grids taken together. */
  private static boolean toldApart(List<Method> methods) {
    List<Method> distinct = new ArrayList<>(new HashSet<>(methods));
    Set<String> names = new HashSet<>();
    return distinct.stream().allMatch(method -> names.add(method.label()));
  }

  private static SweepSpec.Grid with(SweepSpec.Grid grid, UnaryOperator<Method> named) {
    return new SweepSpec.Grid(
        grid.networks(),
        grid.devices(),
        grid.boards(),
        grid.methods().stream().map(named).toList(),
        grid.batches());
  }
}
