package org.edgeld.workbench.ui.sweep;

import java.util.Optional;
import java.util.function.LongSupplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.edgeld.workbench.experiment.PauseSwitch;

/** What the page knows of its sweep. Used on the window's thread. */
final class SweepState {
  final ReadOnlyObjectWrapper<SweepPhase> phase = new ReadOnlyObjectWrapper<>(SweepPhase.DESIGN);
  final ReadOnlyObjectWrapper<Optional<OpenSweep>> sweep =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  final ReadOnlyObjectWrapper<SweepProgress> progress =
      new ReadOnlyObjectWrapper<>(SweepProgress.NONE);
  final ReadOnlyStringWrapper times = new ReadOnlyStringWrapper("");
  private final SweepClock clock;

  /**
   * @param nanoClock tells how long the sweep takes
   */
  SweepState(LongSupplier nanoClock) {
    this.clock = new SweepClock(nanoClock);
  }

  void measures(OpenSweep open) {
    sweep.set(Optional.of(open));
    clock.reset();
    clock.start();
    phase.set(SweepPhase.MEASURING);
    tick();
  }

  void opened(OpenSweep open) {
    sweep.set(Optional.of(open));
    clock.reset();
    phase.set(SweepPhase.AT_REST);
    tick();
  }

  /**
   * The sweep waits, unless its user has changed their mind meanwhile.
   *
   * @param pause the sweep's own
   */
  void waits(PauseSwitch pause) {
    if (pause.wanted() && running()) {
      clock.stop();
      phase.set(SweepPhase.PAUSED);
    }
  }

  void goesOn() {
    clock.start();
    phase.set(SweepPhase.MEASURING);
  }

  /** Whatever made it wait is gone. */
  void goesOnByItself() {
    if (phase.get() == SweepPhase.PAUSED) {
      goesOn();
    }
  }

  void writes() {
    clock.stop();
    phase.set(SweepPhase.WRITING);
  }

  void rests() {
    clock.stop();
    phase.set(SweepPhase.AT_REST);
  }

  void leave() {
    sweep.set(Optional.empty());
    progress.set(SweepProgress.NONE);
    phase.set(SweepPhase.DESIGN);
  }

  void show(SweepProgress now) {
    progress.set(now);
    clock.left(now.secondsLeft());
    tick();
  }

  void tick() {
    times.set(clock.words());
  }

  /** Tells whether trials are measured or waited for. */
  boolean running() {
    return switch (phase.get()) {
      case MEASURING, PAUSING, PAUSED -> true;
      case DESIGN, CANCELLING, WRITING, AT_REST -> false;
    };
  }

  /** Returns what became of the sweep, in words; empty while it is under way. */
  String outcome() {
    SweepProgress now = progress.get();
    Optional<OpenSweep> open = sweep.get();
    if (phase.get() != SweepPhase.AT_REST || open.isEmpty()) {
      return "";
    }
    if (now.done() < now.total()) {
      return "%d of %d trials are in the folder. Continue here, or with: %s"
          .formatted(now.done(), now.total(), open.get().command());
    }
    int measured = now.total() - now.troubles().size();
    return "All %d trials are over: %d measured, %d without a plan, %d failed."
        .formatted(now.total(), measured, now.troubles().size() - now.failed(), now.failed());
  }
}
