package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Names of methods that were given none: without what all of them have in common. */
final class Labels {
  private Labels() {}

  /** Returns the grids with names as short as tells all methods apart. */
  static List<SweepSpec.Grid> shorten(List<SweepSpec.Grid> grids) {
    List<Method> all = grids.stream().flatMap(grid -> grid.methods().stream()).toList();
    for (boolean fusion : new boolean[] {false, true}) {
      for (boolean routing : new boolean[] {false, true}) {
        UnaryOperator<Method> named = method -> named(method, fusion, routing);
        if (toldApart(all.stream().map(named).toList())) {
          return grids.stream().map(grid -> with(grid, named)).toList();
        }
      }
    }
    return grids;
  }

  private static Method named(Method method, boolean fusion, boolean routing) {
    for (boolean hasFusion : new boolean[] {true, false}) {
      for (boolean hasRouting : new boolean[] {true, false}) {
        if (method.label().equals(method.label(hasFusion, hasRouting))) {
          return method.named(method.label(hasFusion && fusion, hasRouting && routing));
        }
      }
    }
    return method;
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
