package org.edgeld.workbench.chart.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Gives intervals places such that no two that overlap share one, as the left-edge algorithm of
 * channel routing does (Hashimoto and Stevens 1971).
 */
final class Intervals {
  /**
   * An interval of ranks.
   *
   * @param start where it begins
   * @param end where it ends, not before {@code start}
   */
  record Span(int start, int end) {}

  private record Busy(int end, int place) {}

  private Intervals() {}

  /**
   * Places closed intervals by their start, each into the lowest free place: as few places as
   * possible. Of intervals that start together, the first in the list comes first.
   *
   * @return a place for each interval, from 0
   */
  static int[] byStart(List<Span> spans) {
    int[] places = new int[spans.size()];
    TreeSet<Integer> free = new TreeSet<>();
    PriorityQueue<Busy> busy = new PriorityQueue<>((a, b) -> Integer.compare(a.end, b.end));
    int count = 0;
    List<Integer> order =
        sorted(spans.size(), (a, b) -> Integer.compare(spans.get(a).start, spans.get(b).start));
    for (int i : order) {
      while (!busy.isEmpty() && busy.peek().end < spans.get(i).start) {
        free.add(busy.remove().place);
      }
      int place = free.isEmpty() ? count++ : free.pollFirst();
      places[i] = place;
      busy.add(new Busy(spans.get(i).end, place));
    }
    return places;
  }

  /**
   * Places open intervals by their end, so that an interval within another gets the lower place;
   * one may start where another ends.
   *
   * @return a place for each interval, from 0
   */
  static int[] innerFirst(List<Span> spans) {
    int[] places = new int[spans.size()];
    List<Integer> ends = new ArrayList<>();
    List<Integer> order =
        sorted(
            spans.size(),
            (a, b) -> {
              int byEnd = Integer.compare(spans.get(a).end, spans.get(b).end);
              return byEnd != 0 ? byEnd : Integer.compare(spans.get(b).start, spans.get(a).start);
            });
    for (int i : order) {
      int place = 0;
      while (place < ends.size() && ends.get(place) > spans.get(i).start) {
        place++;
      }
      if (place == ends.size()) {
        ends.add(0);
      }
      ends.set(place, spans.get(i).end);
      places[i] = place;
    }
    return places;
  }

  private static List<Integer> sorted(int size, Comparator<Integer> order) {
    return IntStream.range(0, size).boxed().sorted(order).toList();
  }
}
