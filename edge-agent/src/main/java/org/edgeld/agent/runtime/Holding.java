package org.edgeld.agent.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.edgeld.agent.engine.RowMargin;
import org.edgeld.agent.runtime.MemoryMap.Computed;
import org.edgeld.agent.runtime.MemoryMap.Copy;
import org.edgeld.agent.runtime.MemoryMap.Operand;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorId;

/**
 * What a device holds of one tensor, from when the first part comes until the tensor is released:
 * which parts come, received or computed, and which are used. A tensor that comes again after its
 * release is another holding, in other memory, even if the new parts arrive early.
 *
 * <p>A use that lies within one computed part is served there. All others are served by windows,
 * buffers in which received and computed parts meet: the hulls of the received regions and of those
 * uses, where these overlap one hull for all. Received parts go straight into their window; of a
 * computed part, what a window's uses need is copied there. A use at the map's top or bottom that
 * is to lie between rows of zeros is served by a window, too: the zeros are part of it.
 */
final class Holding {
  /** Keeps the work of reading a hostile program small; a tensor comes in a few parts a device. */
  private static final int MAX_PARTS = 1024;

  private final TensorId tensor;
  private final List<Source> sources = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();

  /** A part that comes. */
  private record Source(Operand operand, Region region, boolean received) {}

  /**
   * A part that is used.
   *
   * @param margin rows of zeros that are to lie around it
   * @param sources how many parts have come before
   */
  private record Use(Operand operand, Region region, RowMargin margin, int sources) {}

  Holding(TensorId tensor) {
    this.tensor = tensor;
  }

  /** A part arrives. */
  void receive(Operand operand, Region region) {
    sources.add(new Source(operand, region, true));
    requireFew(sources.size());
  }

  /** A part is computed. */
  void compute(Operand operand, Region region) {
    sources.add(new Source(operand, region, false));
    requireFew(sources.size());
  }

  /**
   * A part is read, sent or yielded.
   *
   * @param margin rows of zeros that are to lie around it, at borders of the map that it reaches
   * @throws IllegalArgumentException if not all of it has come before
   */
  void use(Operand operand, Region region, RowMargin margin) {
    List<Region> missing = region.minus(sources.stream().map(Source::region).toList());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "The program uses %s of %s, of which %s has not come before."
              .formatted(region, tensor, missing.get(0)));
    }
    uses.add(new Use(operand, region, margin, sources.size()));
    requireFew(uses.size());
  }

  private void requireFew(int parts) {
    if (parts > MAX_PARTS) {
      throw new IllegalArgumentException(
          "The program touches %s in more than %d parts. Maybe use fewer or larger slices."
              .formatted(tensor, MAX_PARTS));
    }
  }

  /** Decides where everything lies; returns the places to be given up at the release. */
  List<Integer> place(MemoryMap memory) {
    int firstPlace = memory.places().size();
    Map<Source, List<Use>> served = new HashMap<>();
    List<Use> meeting = new ArrayList<>();
    for (Use use : uses) {
      computedAround(use)
          .ifPresentOrElse(
              source -> served.computeIfAbsent(source, s -> new ArrayList<>()).add(use),
              () -> meeting.add(use));
    }
    Map<Region, Integer> windows = new HashMap<>();
    for (Region hull : windows(meeting)) {
      windows.put(hull, memory.window(hull, margin(hull, meeting)));
    }
    for (Use use : meeting) {
      memory.put(use.operand(), around(windows, use.region()), use.region(), use.margin());
    }
    for (int i = 0; i < sources.size(); i++) {
      Source source = sources.get(i);
      if (source.received()) {
        memory.put(source.operand(), around(windows, source.region()), source.region());
      } else {
        int place = memory.result(source.region());
        List<Use> here = served.getOrDefault(source, List.of());
        here.forEach(use -> memory.put(use.operand(), place, use.region()));
        memory.put(
            source.operand(), new Computed(place, !here.isEmpty(), copies(i, meeting, windows)));
      }
    }
    return IntStream.range(firstPlace, memory.places().size()).boxed().toList();
  }

  /** Returns the zeros of a window: as many as one of its uses wants. */
  private static RowMargin margin(Region window, List<Use> meeting) {
    return meeting.stream()
        .filter(use -> window.contains(use.region()))
        .map(Use::margin)
        .reduce(RowMargin.NONE, RowMargin::hull);
  }

  /** Returns the computed part that serves a use, best one in which it lies in one piece. */
  private Optional<Source> computedAround(Use use) {
    if (!use.margin().isNone()) {
      return Optional.empty();
    }
    List<Source> around =
        sources.subList(0, use.sources()).stream()
            .filter(source -> !source.received() && source.region().contains(use.region()))
            .toList();
    return around.stream()
        .filter(source -> Nhwc.inOnePiece(use.region(), source.region()))
        .findFirst()
        .or(() -> around.stream().findFirst());
  }

  /** Returns disjoint regions, each received region and each of {@code meeting} in one of them. */
  private List<Region> windows(List<Use> meeting) {
    List<Region> windows = new ArrayList<>();
    Stream.concat(
            sources.stream().filter(Source::received).map(Source::region),
            meeting.stream().map(Use::region))
        .forEach(region -> join(windows, region));
    return windows;
  }

  private static void join(List<Region> windows, Region region) {
    Region hull = region;
    boolean grown = true;
    // a hull may meet what none of its parts met
    while (grown) {
      grown = false;
      for (Iterator<Region> others = windows.iterator(); others.hasNext(); ) {
        Region other = others.next();
        if (!other.intersect(hull).isEmpty()) {
          hull = hull.hull(other);
          others.remove();
          grown = true;
        }
      }
    }
    windows.add(hull);
  }

  private static int around(Map<Region, Integer> windows, Region region) {
    return windows.entrySet().stream()
        .filter(window -> window.getKey().contains(region))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns which parts of a computed part later uses need in a window. What has arrived by then is
   * not copied over.
   */
  private List<Copy> copies(int source, List<Use> meeting, Map<Region, Integer> windows) {
    List<Copy> copies = new ArrayList<>();
    List<Region> done = new ArrayList<>();
    for (Use use : meeting) {
      if (use.sources() > source) {
        List<Region> covered = new ArrayList<>(done);
        sources.subList(0, use.sources()).stream()
            .filter(Source::received)
            .forEach(arrived -> covered.add(arrived.region()));
        for (Region piece : sources.get(source).region().intersect(use.region()).minus(covered)) {
          copies.add(new Copy(around(windows, piece), piece));
          done.add(piece);
        }
      }
    }
    return copies;
  }
}
