package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.workbench.experiment.SweepFolder;
import org.edgeld.workbench.experiment.TrialRecord;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.edgeld.workbench.ui.experiment.ExperimentViewModel;
import org.edgeld.workbench.ui.job.BannerViewModel;
import org.edgeld.workbench.ui.job.JobViewModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All on one thread: what happens during a trial is done by the runner. */
@Timeout(60)
class SweepViewModelTest {
  /** 2 numbers of devices × 2 strategies and a twin. */
  private static final int TRIALS = 5;

  @TempDir Path home;

  private final UiFixture fixture = new UiFixture(List.of());
  private final BannerViewModel banner = new BannerViewModel();
  private final JobViewModel job = new JobViewModel(Runnable::run, Runnable::run, banner);
  private final AtomicInteger runs = new AtomicInteger();
  private SweepTools tools;
  private SweepViewModel model;
  private Path folder;

  @BeforeEach
  void design() {
    tools = fixture.sweepTools(home);
    model = fresh();
    folder = home.resolve("sweep");
    ExperimentViewModel experiment =
        new ExperimentViewModel(tools.models(), tools.strategies().all(), tools.schemes());
    model.design().enter(experiment.models(), experiment.optionsProperty().get());
    SweepForm form = model.design().form();
    model
        .design()
        .fill(
            () -> {
              form.models()
                  .forEach(m -> m.option().chosenProperty().set(m.option().id().equals("fashion")));
              form.strategies()
                  .forEach(s -> s.chosenProperty().set(List.of("ocbp", "equal").contains(s.id())));
              form.text(SpecField.DEVICES).set("1, 2");
              form.text(SpecField.LINK_MBPS).set("100");
            });
    model.design().folderProperty().set(folder.toString());
  }

  private SweepViewModel fresh() {
    return new SweepViewModel(tools, job, banner, Runnable::run, Runnable::run);
  }

  /** Does something while the n-th trial is under way, counted from 1. */
  private void during(int trial, Runnable action) {
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              if (runs.incrementAndGet() == trial) {
                action.run();
              }
              monitor.checkCancelled();
            });
  }

  private List<String> onDisk() throws Exception {
    SweepFolder sweep = new SweepFolder(folder);
    SweepSpec spec = sweep.readSpec(tools.reader(tools.networks()));
    return sweep.readTrials(spec).stream().map(TrialRecord::trial).map(Trial::id).toList();
  }

  private SweepPhase phase() {
    return model.phaseProperty().get();
  }

  private SweepProgress progress() {
    return model.progressProperty().get();
  }

  @Test
  void theDesignBeginsWithWhatTheWindowMeasures() {
    SweepViewModel other = fresh();
    ExperimentViewModel experiment =
        new ExperimentViewModel(tools.models(), tools.strategies().all(), tools.schemes());
    other.design().enter(experiment.models(), experiment.optionsProperty().get());
    SweepSpec spec = other.design().designProperty().get().spec().orElseThrow();
    assertThat(spec.networks()).hasToString("[vgg16 224×224]");
    assertThat(spec.configurations()).hasSize(4);
  }

  @ParameterizedTest
  @EnumSource(Overlap.class)
  void theDesignBeginsWithTheOverlapOfTheWindow(Overlap overlap) {
    SweepViewModel other = fresh();
    ExperimentViewModel experiment =
        new ExperimentViewModel(tools.models(), tools.strategies().all(), tools.schemes());
    experiment.overlapProperty().set(overlap);
    other.design().enter(experiment.models(), experiment.optionsProperty().get());
    SweepSpec spec = other.design().designProperty().get().spec().orElseThrow();
    assertThat(spec.configurations()).hasSize(4).allMatch(c -> c.method().overlap() == overlap);
  }

  @Test
  void everyTrialIsMeasuredAndTheReportWritten() throws Exception {
    List<SweepPhase> phases = new ArrayList<>();
    model.phaseProperty().addListener((o, was, is) -> phases.add(is));
    List<String> now = new ArrayList<>();
    model.progressProperty().addListener((o, was, is) -> now.add(is.now()));
    model.start();
    assertThat(banner.messageProperty().get()).isEmpty();
    assertThat(onDisk()).hasSize(TRIALS);
    assertThat(phases)
        .containsExactly(SweepPhase.MEASURING, SweepPhase.WRITING, SweepPhase.AT_REST);
    assertThat(now).anyMatch(words -> words.startsWith("fashion 28×28, 2 devices"));
    assertThat(progress().fraction()).isEqualTo(1);
    assertThat(progress().summary().orElseThrow().configurations()).hasSize(4);
    assertThat(model.outcome())
        .isEqualTo("All 5 trials are over: 5 measured, 0 without a plan, 0 failed.");
    assertThat(model.sweepProperty().get().flatMap(OpenSweep::page))
        .contains(folder.resolve("report.html"));
    assertThat(fixture.sweepDirectory().agents()).as("stopped again").isEmpty();
    assertThat(fixture.directory().started()).as("the window's agents").isEmpty();
    assertThat(model.design().folderProperty().get()).isNotEqualTo(folder.toString());
  }

  @Test
  void pausingFinishesTheTrialUnderWayAndContinuingMeasuresTheRest() throws Exception {
    List<Integer> waiting = new ArrayList<>();
    during(
        2,
        () -> {
          model.pause();
          assertThat(phase()).isEqualTo(SweepPhase.PAUSING);
        });
    model
        .phaseProperty()
        .addListener(
            (o, was, is) -> {
              if (is == SweepPhase.PAUSED) {
                waiting.add(progress().done());
                model.proceed();
                assertThat(phase()).isEqualTo(SweepPhase.MEASURING);
              }
            });
    model.start();
    assertThat(waiting).containsExactly(2);
    assertThat(onDisk()).hasSize(TRIALS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileInTheFolderMakesTheSweepWaitUntilItIsDeleted(boolean byButton) throws Exception {
    Path file = new SweepFolder(folder).pause();
    List<SweepPhase> phases = new ArrayList<>();
    List<Path> said = new ArrayList<>();
    during(2, () -> touch(file));
    model
        .phaseProperty()
        .addListener(
            (o, was, is) -> {
              phases.add(is);
              if (is == SweepPhase.PAUSED) {
                model.pauseFile().ifPresent(said::add);
                if (byButton) {
                  model.proceed();
                } else {
                  assertThat(file.toFile().delete()).isTrue();
                }
              }
            });
    model.start();
    assertThat(said).containsExactly(file);
    assertThat(file).doesNotExist();
    assertThat(phases)
        .containsExactly(
            SweepPhase.MEASURING,
            SweepPhase.PAUSED,
            SweepPhase.MEASURING,
            SweepPhase.WRITING,
            SweepPhase.AT_REST);
    assertThat(model.pauseFile()).isEmpty();
    assertThat(onDisk()).hasSize(TRIALS);
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whoChangesTheirMindBeforeTheTrialIsOverIsNotPaused() throws Exception {
    List<SweepPhase> phases = new ArrayList<>();
    model.phaseProperty().addListener((o, was, is) -> phases.add(is));
    during(
        2,
        () -> {
          model.pauseOrProceed();
          model.pauseOrProceed();
        });
    model.start();
    assertThat(phases).doesNotContain(SweepPhase.PAUSED);
    assertThat(onDisk()).hasSize(TRIALS);
  }

  @Test
  void aCancelledSweepKeepsItsTrialsSaysHowToGoOnAndDoes() throws Exception {
    during(3, model::cancel);
    model.start();
    assertThat(phase()).isEqualTo(SweepPhase.AT_REST);
    assertThat(job.whatProperty().get()).isEqualTo("Cancelled.");
    List<String> kept = onDisk();
    assertThat(kept).hasSize(2);
    assertThat(model.outcome())
        .isEqualTo(
            "2 of 5 trials are in the folder. Continue here, or with: workbench sweep --resume "
                + folder);
    assertThat(folder.resolve("report.html")).as("of what there is").exists();
    model.goOn();
    assertThat(onDisk()).hasSize(TRIALS).startsWith(kept.toArray(String[]::new));
    assertThat(onDisk()).doesNotHaveDuplicates();
  }

  @Test
  void aFolderThatAnotherWindowBeganIsGoneOnWith() throws Exception {
    during(3, model::cancel);
    model.start();
    SweepViewModel other = fresh();
    other.openFolder(folder);
    assertThat(other.phaseProperty().get()).isEqualTo(SweepPhase.AT_REST);
    assertThat(other.progressProperty().get().done()).isEqualTo(2);
    other.goOn();
    assertThat(onDisk()).hasSize(TRIALS);
    other.designAnother();
    assertThat(other.phaseProperty().get()).isEqualTo(SweepPhase.DESIGN);
  }

  @Test
  void trialsInPlaceOfOthersThatAreMissingAreGoneOnWith() throws Exception {
    SweepForm form = model.design().form();
    model
        .design()
        .fill(
            () -> {
              form.strategies()
                  .forEach(
                      s -> s.chosenProperty().set(List.of("remote", "equal").contains(s.id())));
              form.text(SpecField.DEVICES).set("1");
            });
    during(2, model::cancel);
    model.start();
    assertThat(onDisk()).as("without a plan for the one that is measured twice").hasSize(3);
    String open = "3 of 4 trials are in the folder. Continue here";
    assertThat(model.outcome()).startsWith(open);
    SweepViewModel other = fresh();
    other.openFolder(folder);
    assertThat(other.outcome()).startsWith(open);
    other.goOn();
    assertThat(onDisk()).hasSize(4);
    assertThat(other.outcome()).startsWith("All 4 trials are over: 2 measured, 2 without a plan");
  }

  @Test
  void trialsThatFailAreListedWithTheirCauseAndCanBeRetried() throws Exception {
    fixture
        .runner()
        .meanwhile(
            monitor -> {
              if (runs.incrementAndGet() == 2) {
                throw new RunFailedException("local-1 is on fire.");
              }
            });
    model.start();
    assertThat(progress().failed()).isEqualTo(1);
    assertThat(progress().troubles().get(0).reason()).isEqualTo("local-1 is on fire.");
    assertThat(model.outcome()).contains("4 measured, 0 without a plan, 1 failed");
    model.retryFailed();
    assertThat(progress().troubles()).isEmpty();
    assertThat(model.outcome()).contains("5 measured");
    assertThat(onDisk()).hasSize(TRIALS).doesNotHaveDuplicates();
  }

  @Test
  void aFolderThatIsNotEmptyIsRefusedAndNothingInItTouched() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("notes"), "mine");
    model.start();
    assertThat(banner.messageProperty().get())
        .isEqualTo("The folder %s is not empty. Maybe choose another.".formatted(folder));
    assertThat(phase()).isEqualTo(SweepPhase.DESIGN);
    assertThat(folder.toFile().list()).containsExactly("notes");
  }

  @Test
  void aFolderThatHoldsNoSweepIsRefused() {
    model.openFolder(folder);
    assertThat(banner.messageProperty().get()).contains("there is no such file");
    assertThat(phase()).isEqualTo(SweepPhase.DESIGN);
  }

  @Test
  void aWrongDesignIsNotBegun() {
    model.design().form().text(SpecField.DEVICES).set("none");
    model.start();
    assertThat(banner.messageProperty().get()).contains("cannot begin");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aSweepThatAnotherProcessMeasuresIsLeftAlone() throws Exception {
    model.start();
    Files.delete(folder.resolve("report.html"));
    SweepSpec spec = model.sweepProperty().get().orElseThrow().spec();
    try (var held = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.WRITE);
        var lock = held.lock()) {
      model.goOn();
      assertThat(lock.isValid()).isTrue();
    }
    assertThat(banner.messageProperty().get()).contains("is under way");
    assertThat(folder.resolve("report.html")).doesNotExist();
    assertThat(new SweepFolder(folder).readTrials(spec)).hasSize(TRIALS);
    assertThat(phase()).isEqualTo(SweepPhase.AT_REST);
  }
}
