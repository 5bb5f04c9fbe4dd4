package org.edgeld.workbench.ui.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import org.edgeld.workbench.experiment.PauseSwitch;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;

/**
 * The sweep that is designed, measured or looked at. Measuring it is the window's one long job, so
 * nothing else disturbs it. Used on the window's thread.
 */
public final class SweepViewModel {
  private final SweepTools tools;
  private final JobViewModel job;
  private final BannerViewModel banner;
  private final Executor ui;
  private final DesignViewModel design;
  private final SweepState state;
  private PauseSwitch pause = new PauseSwitch();

  /**
   * @param tools what it works with
   * @param job shows progress and cancels
   * @param banner says what is wrong
   * @param background where drafts are read
   * @param ui runs tasks on the window's thread
   */
  public SweepViewModel(
      SweepTools tools,
      JobViewModel job,
      BannerViewModel banner,
      Executor background,
      Executor ui) {
    this.tools = tools;
    this.job = job;
    this.banner = banner;
    this.ui = ui;
    this.state = new SweepState(tools.nanoClock());
    this.design = new DesignViewModel(tools, job, banner, background, ui);
  }

  /** Begins the designed sweep in its folder, which is new or empty. */
  public void start() {
    if (!design.isCurrent()) {
      banner.show("The last change is still being read. Maybe try again in a moment.");
      return;
    }
    Optional<SweepSpec> spec = design.designProperty().get().spec();
    if (spec.isEmpty()) {
      banner.show("The sweep cannot begin while something is wrong with it. Maybe mend that.");
      return;
    }
    String path = design.folderProperty().get().strip();
    if (path.isEmpty()) {
      banner.show("The sweep needs a folder for what it measures. Maybe name a new one.");
      return;
    }
    SweepFolder folder = new SweepFolder(Path.of(path));
    OpenSweep begun = OpenSweep.of(folder, spec.get());
    begin(
        "Beginning the sweep…",
        Optional.of(folder),
        (monitor, own) -> {
          folder.create(begun.spec());
          ui.execute(design::suggestFolder);
          measure(begun, monitor, own);
        });
  }

  /** Goes on with what is missing. */
  public void goOn() {
    state
        .sweep
        .get()
        .ifPresent(
            open ->
                begin(
                    "Going on…",
                    Optional.of(open.folder()),
                    (monitor, own) -> measure(open, monitor, own)));
  }

  /** Measures the trials that failed once more, and what is missing. */
  public void retryFailed() {
    state
        .sweep
        .get()
        .ifPresent(
            open ->
                begin(
                    "Going on…",
                    Optional.of(open.folder()),
                    (monitor, own) -> {
                      open.folder().forgetFailed(open.spec());
                      measure(open, monitor, own);
                    }));
  }

  /** Work on a sweep that may be paused. */
  @FunctionalInterface
  private interface Work {
    void run(JobMonitor monitor, PauseSwitch pause) throws Exception;
  }

  /**
   * @param folder of the sweep, in which a file makes it wait; empty if nothing is measured
   */
  private void begin(String title, Optional<SweepFolder> folder, Work work) {
    PauseSwitch before = pause;
    PauseSwitch own = new PauseSwitch(() -> folder.map(SweepFolder::isHeldUp).orElse(false));
    pause = own;
    if (!job.start(title, monitor -> work.run(monitor, own))) {
      pause = before;
    }
  }

  private void measure(OpenSweep open, JobMonitor monitor, PauseSwitch own) throws Exception {
    ui.execute(() -> state.measures(open));
    try {
      session(open, own).measure(own, monitor);
    } finally {
      ui.execute(state::rests);
    }
  }

  private SweepSession session(OpenSweep open, PauseSwitch own) {
    return new SweepSession(
        tools,
        open,
        new SweepSession.Watcher() {
          @Override
          public void progress(SweepProgress now) {
            ui.execute(() -> state.show(now));
          }

          @Override
          public void waits() {
            ui.execute(() -> state.waits(own));
          }

          @Override
          public void goesOn() {
            ui.execute(state::goesOnByItself);
          }

          @Override
          public void writes() {
            ui.execute(state::writes);
          }
        });
  }

  /** Opens the folder of a sweep, finished or not, from wherever it was measured. */
  public void openFolder(Path path) {
    begin(
        "Opening the sweep…",
        Optional.empty(),
        (monitor, own) -> {
          SweepFolder folder = new SweepFolder(path);
          OpenSweep open = OpenSweep.of(folder, folder.readSpec(tools.reader(tools.networks())));
          SweepSession session = session(open, own);
          session.read();
          ui.execute(() -> state.opened(open));
        });
  }

  /** Waits after the trial under way. */
  public void pause() {
    if (state.phase.get() == SweepPhase.MEASURING) {
      pause.pause();
      state.phase.set(SweepPhase.PAUSING);
    }
  }

  /** Ends waiting, or the wish to wait; a file that makes the sweep wait is deleted. */
  public void proceed() {
    if (state.phase.get() == SweepPhase.PAUSED || state.phase.get() == SweepPhase.PAUSING) {
      try {
        if (state.sweep.get().isPresent()) {
          Files.deleteIfExists(state.sweep.get().get().folder().pause());
        }
      } catch (IOException e) {
        banner.show(
            "The sweep waits, for its file cannot be deleted: %s. Maybe delete it.".formatted(e));
        return;
      }
      state.goesOn();
      pause.proceed();
    }
  }

  /** Waits after the trial under way, or goes on. */
  public void pauseOrProceed() {
    if (state.phase.get() == SweepPhase.MEASURING) {
      pause();
    } else {
      proceed();
    }
  }

  /** Stops; what is finished stays in the folder. */
  public void cancel() {
    if (state.running()) {
      job.cancel();
      state.phase.set(SweepPhase.CANCELLING);
    }
  }

  /** Leaves the open sweep and designs another. */
  public void designAnother() {
    if (state.phase.get() == SweepPhase.AT_REST) {
      state.leave();
    }
  }

  /** Brings the times up to date; to be called now and then. */
  public void tick() {
    state.tick();
  }

  /** Returns the file that makes the sweep wait; empty if it does not wait, or not for a file. */
  public Optional<Path> pauseFile() {
    return state
        .sweep
        .get()
        .map(OpenSweep::folder)
        .filter(folder -> state.phase.get() == SweepPhase.PAUSED && folder.isHeldUp())
        .map(SweepFolder::pause);
  }

  /** Returns what became of the sweep, in words; empty while it is under way. */
  public String outcome() {
    return state.outcome();
  }

  /** The designer. */
  public DesignViewModel design() {
    return design;
  }

  public ReadOnlyObjectProperty<SweepPhase> phaseProperty() {
    return state.phase.getReadOnlyProperty();
  }

  /** The sweep that is measured or looked at. */
  public ReadOnlyObjectProperty<Optional<OpenSweep>> sweepProperty() {
    return state.sweep.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<SweepProgress> progressProperty() {
    return state.progress.getReadOnlyProperty();
  }

  /** Whether the window does something that takes long. */
  public ReadOnlyBooleanProperty busyProperty() {
    return job.runningProperty();
  }

  /** Elapsed and remaining time, in words. */
  public ReadOnlyStringProperty timesProperty() {
    return state.times.getReadOnlyProperty();
  }
}
