package org.edgeld.workbench.history;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which runs are wanted. An empty set asks for nothing; of a set that is not empty one element has
 * to be met, but all tags.
 *
 * @param text words that all have to occur in name, tags, number, network, method or devices
 * @param tags the run has to have all of them
 * @param models ids of networks
 * @param strategies ids of strategies, or names of schemes
 * @param devices numbers of devices
 */
public record HistoryFilter(
    String text,
    Set<String> tags,
    Set<String> models,
    Set<String> strategies,
    Set<Integer> devices) {
  /** Every run is wanted. */
  public static final HistoryFilter ALL =
      new HistoryFilter("", Set.of(), Set.of(), Set.of(), Set.of());

  public HistoryFilter {
    tags = Set.copyOf(tags);
    models = Set.copyOf(models);
    strategies = Set.copyOf(strategies);
    devices = Set.copyOf(devices);
  }

  /** Tells whether a run is wanted. */
  public boolean accepts(HistoryItem item) {
    RunHead head = item.head();
    return item.notes().tags().containsAll(tags)
        && (models.isEmpty() || models.contains(head.model().id()))
        && (strategies.isEmpty() || strategies.contains(strategy(item)))
        && (devices.isEmpty() || devices.contains(head.devices().size()))
        && words(text).allMatch(haystack(item)::contains);
  }

  /** Returns what the filter by strategy goes by: the scheme if one chose it, else the strategy. */
  public static String strategy(HistoryItem item) {
    return item.head().details().scheme().orElse(item.head().method().strategy());
  }

  private static Stream<String> words(String text) {
    return Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+")).filter(word -> !word.isEmpty());
  }

  private static String haystack(HistoryItem item) {
    RunHead head = item.head();
    return String.join(
            "\n",
            item.label(),
            item.notes().name(),
            String.join("\n", item.notes().tags()),
            head.model().id(),
            head.setting(),
            head.methodWords(),
            head.method().strategy(),
            head.details().input(),
            head.devices().stream().map(device -> device.name()).collect(Collectors.joining("\n")))
        .toLowerCase(Locale.ROOT);
  }

  /** Returns the same filter with another text. */
  public HistoryFilter withText(String other) {
    return new HistoryFilter(other, tags, models, strategies, devices);
  }

  /** Returns the same filter with a tag more, or one less if it was asked for already. */
  public HistoryFilter toggleTag(String tag) {
    return new HistoryFilter(text, toggled(tags, tag), models, strategies, devices);
  }

  /** Returns the same filter with a network more or less. */
  public HistoryFilter toggleModel(String model) {
    return new HistoryFilter(text, tags, toggled(models, model), strategies, devices);
  }

  /** Returns the same filter with a strategy more or less. */
  public HistoryFilter toggleStrategy(String strategy) {
    return new HistoryFilter(text, tags, models, toggled(strategies, strategy), devices);
  }

  /** Returns the same filter with a number of devices more or less. */
  public HistoryFilter toggleDevices(int number) {
    return new HistoryFilter(text, tags, models, strategies, toggled(devices, number));
  }

  private static <T> Set<T> toggled(Set<T> set, T element) {
    Set<T> other = new HashSet<>(set);
    if (!other.remove(element)) {
      other.add(element);
    }
    return other;
  }

  /** Returns the runs that are wanted, in an order. */
  public List<HistoryItem> of(List<HistoryItem> items, HistoryOrder order) {
    return items.stream().filter(this::accepts).sorted(order.comparator()).toList();
  }
}
