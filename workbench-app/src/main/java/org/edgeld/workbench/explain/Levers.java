package org.edgeld.workbench.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.edgeld.model.Axis;
import org.edgeld.program.DeviceId;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Stage;
import org.edgeld.workbench.trace.Span;

/** Finds what would make a plan faster, by simulating it changed. */
final class Levers {
  private static final int[] COUNTS = {1, 2, 4, 8, 16};

  /** Devices that are tried as takers: those that compute least. */
  private static final int TAKERS = 3;

  /** Devices that are tried as givers where a link is the problem: those with most rows. */
  private static final int GIVERS = 4;

  /** What saves less than this share is not worth a sentence. */
  static final double WORTH = 0.005;

  private final PlannedRun planned;
  private final WhatIf whatIf;

  Levers(PlannedRun planned, WhatIf whatIf) {
    this.planned = planned;
    this.whatIf = whatIf;
  }

  /** Tells whether a change is worth a sentence. */
  boolean helps(Lever lever) {
    return lever.savedNanos() > WORTH * planned.prediction().latencyNanos();
  }

  /** Returns the best way to give work of a stage's device to another, if any is worth it. */
  Optional<Lever> lessWork(int stage, DeviceId device) {
    Optional<Shift> shift =
        Shift.of(planned.plan().stages().get(stage), whatIf.geometry())
            .filter(found -> found.size(device) > 0);
    if (shift.isEmpty()) {
      return Optional.empty();
    }
    List<Lever> levers = new ArrayList<>();
    for (DeviceId taker : takers(device)) {
      for (int count : COUNTS) {
        if (count <= shift.get().size(device)) {
          levers.add(moved(stage, shift.get(), device, taker, count));
        }
      }
    }
    return levers.stream().max(Comparator.comparingDouble(Lever::savedNanos)).filter(this::helps);
  }

  /** Returns the best way to give work of any device of a stage to another, if any is worth it. */
  Optional<Lever> lessWork(int stage) {
    Stage divided = planned.plan().stages().get(stage);
    return divided.computing().stream()
        .sorted(
            Comparator.comparingInt((DeviceId device) -> divided.rows(device).size())
                .reversed()
                .thenComparing(device -> device))
        .limit(GIVERS)
        .flatMap(device -> lessWork(stage, device).stream())
        .max(Comparator.comparingDouble(Lever::savedNanos));
  }

  private Lever moved(int stage, Shift shift, DeviceId from, DeviceId to, int count) {
    List<Stage> stages = new ArrayList<>(planned.plan().stages());
    stages.set(stage, shift.moved(from, to, count, whatIf.geometry()));
    String what = shift.axis() == Axis.ROWS ? "row" : "channel";
    String words =
        "%s %s%s less on %s"
            .formatted(count == 1 ? "one" : count, what, count == 1 ? "" : "s", from.letter());
    return new Lever(words, whatIf.saved(stages));
  }

  /** Nothing travels to the head for its own rows, so it is always tried. */
  private List<DeviceId> takers(DeviceId giver) {
    DeviceId head = planned.plan().head();
    List<DeviceId> takers = new ArrayList<>(idlest(giver));
    if (!head.equals(giver) && !takers.contains(head)) {
      takers.add(head);
    }
    return takers;
  }

  private List<DeviceId> idlest(DeviceId giver) {
    return IntStream.range(0, planned.plan().devices())
        .mapToObj(DeviceId::new)
        .filter(device -> !device.equals(giver))
        .sorted(
            Comparator.comparingLong(
                    (DeviceId device) -> planned.prediction().totalNanos(device, Span.Kind.COMPUTE))
                .thenComparing(device -> device))
        .limit(TAKERS)
        .toList();
  }

  /** Returns a better link. */
  Lever fasterLink(DeviceId device) {
    return new Lever(
        "a link of %s twice as fast".formatted(device.letter()), whatIf.savedByFasterLink(device));
  }

  /** Returns a better processor. */
  Lever fasterProcessor(DeviceId device) {
    return new Lever(
        "a processor of %s twice as fast".formatted(device.letter()),
        whatIf.savedByFasterProcessor(device));
  }
}
