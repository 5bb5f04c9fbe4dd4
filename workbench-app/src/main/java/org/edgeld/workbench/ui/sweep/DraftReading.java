package org.edgeld.workbench.ui.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.edgeld.workbench.experiment.CoreSpeed;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.Failures;
import org.edgeld.workbench.ui.job.LatestOnly;

/**
 * Reads drafts of a specification on the background executor; a draft overtakes those before it.
 * Used on the window's thread.
 */
final class DraftReading {
  private final SweepTools tools;
  private final SpecCheck check;
  private final LatestOnly checking;
  private final Executor ui;
  private final BannerViewModel banner;
  private final ReadOnlyObjectWrapper<Design> design = new ReadOnlyObjectWrapper<>(Design.NOTHING);
  private int version;
  private int shown;

  DraftReading(SweepTools tools, Executor background, Executor ui, BannerViewModel banner) {
    this.tools = tools;
    this.check = new SpecCheck(tools);
    this.checking = new LatestOnly(background);
    this.ui = ui;
    this.banner = banner;
  }

  /**
   * Reads a draft soon.
   *
   * @param fixed what is measured in its place
   */
  void read(Optional<Given> fixed, ObjectNode draft) {
    int now = ++version;
    checking.submit(() -> check(now, fixed, draft));
  }

  private void check(int of, Optional<Given> fixed, ObjectNode draft) {
    try {
      Design plain = fixed.map(Given::spec).map(SpecCheck::of).orElseGet(() -> check.check(draft));
      CoreSpeed speed = plain.spec().map(tools::speed).orElse(CoreSpeed.ASSUMED);
      Design read = plain.restingOn(speed);
      publish(of, read);
      if (read.spec().isPresent()) {
        double seconds = check.seconds(read.spec().get(), read.trials(), speed, checking.monitor());
        publish(of, read.with(seconds));
      }
    } catch (JobCancelledException e) {
      return; // the form has changed meanwhile and is read again
    } catch (RuntimeException e) {
      String sentence = Failures.sentence(e);
      ui.execute(() -> banner.show(sentence));
    }
  }

  private void publish(int of, Design read) {
    ui.execute(
        () -> {
          if (of == version) {
            shown = of;
            design.set(read);
          }
        });
  }

  /** Tells whether the design is what the newest draft says, and not one before it. */
  boolean isCurrent() {
    return shown == version;
  }

  /** What the newest draft means that was read. */
  ReadOnlyObjectProperty<Design> designProperty() {
    return design.getReadOnlyProperty();
  }
}
