package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.edgeld.model.Model;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.WorkbenchMain;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep as a process on real agents that is killed without notice again and again. */
@Timeout(600)
class KilledSweepTest {
  private static final int KILLS = 5;
  private static final long PATIENCE_SECONDS = 60;

  /** From the start of a process until it is killed, whatever it does then. */
  private static final int MOST_MILLIS_FROM_START = 8000;

  /** From the end of a trial until its process is killed: a trial takes about as long. */
  private static final int MOST_MILLIS_FROM_TRIAL = 1000;

  @TempDir Path home;

  private Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Dai.djl.offline=true");
    command.add("-Duser.home=" + home);
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    command.addAll(List.of("-cp", classPath));
    command.add(WorkbenchMain.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("said").toFile()));
    // the engine's unpacked libraries, some 100 MB, are the same for every home
    builder
        .environment()
        .putIfAbsent(
            "DJL_CACHE_DIR", Path.of(System.getProperty("user.home"), ".djl.ai").toString());
    return builder.start();
  }

  private static long lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    long lines = 0;
    for (byte b : Files.readAllBytes(file)) {
      lines += b == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Test
  void everyTrialIsThereOnceAfterFiveKillsAtRandomMoments() throws Exception {
    Path spec = home.resolve("wanted.json");
    Path out = home.resolve("out");
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [1, 2],
         "strategies": ["ocbp", "equal", "bodp", "proportional"],
         "fusion": ["layer", "between-pools"], "warmup": 0, "repeats": 2, "rounds": 5}
        """);
    SweepSpec wanted = Specs.reader(home).read(spec);
    List<Trial> trials = Schedule.trials(wanted);
    assertThat(trials).hasSizeGreaterThanOrEqualTo(60);
    SweepFolder folder = new SweepFolder(out);
    String port = "--port=" + RealAgents.freeDiscoveryPorts();
    Random random = new Random(17);
    long survived = 0;
    int measuring = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      List<String> arguments =
          kill == 0
              ? List.of("sweep", spec.toString(), "--out=" + out, port)
              : List.of("sweep", "--resume=" + out, port);
      Process process = start(arguments);
      // none is to be too late, or there is nothing to go on with
      int most = trials.size() - 10;
      // some at any moment: while it reads what is there, starts agents, profiles or measures
      if (kill % 2 == 1) {
        awaitLines(folder.trials(), most, process, random.nextInt(MOST_MILLIS_FROM_START));
      } else {
        long patienceMillis = TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
        long lines = Math.min(survived + 1 + random.nextInt(4), most);
        awaitLines(folder.trials(), lines, process, patienceMillis);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_FROM_TRIAL));
      }
      process.destroyForcibly();
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      List<TrialRecord> records = folder.readTrials(wanted);
      assertThat(records.size()).isGreaterThanOrEqualTo((int) survived);
      measuring += records.size() > survived ? 1 : 0;
      survived = records.size();
    }
    assertThat(measuring).as("kills of a sweep that measured").isGreaterThanOrEqualTo(3);
    assertThat(survived).as("the last start has something to do").isLessThan(trials.size());
    Process last = start(List.of("sweep", "--resume=" + out, port));
    try {
      assertThat(last.waitFor(6 * PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      last.destroyForcibly();
    }
    assertThat(last.exitValue()).as(Files.readString(home.resolve("said"))).isZero();
    List<TrialRecord> records = folder.readTrials(wanted);
    assertThat(records)
        .extracting(record -> record.trial().id())
        .containsExactlyElementsOf(trials.stream().map(Trial::id).toList());
    assertThat(records).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(SweepSummary.of(wanted, records).severalPlans()).isEmpty();
    for (TrialRecord record : records) {
      assertThat(folder.traces().read(record.trial())).as(record.trial().id()).isPresent();
    }
    assertThat(records.stream().mapToInt(TrialRecord::session).distinct().toArray())
        .hasSizeGreaterThanOrEqualTo(KILLS / 2 + 2);
    assertThat(lines(folder.trials())).isEqualTo(trials.size());
    assertThat(folder.readSpec(Specs.reader(home))).isEqualTo(wanted);
    Network network = wanted.networks().get(0);
    Model model = new Networks(SampleModels.all(), home.resolve("cache")).open(network);
    Path profile = folder.profile(wanted.boards().get(0), network);
    assertThat(ProfileFile.read(profile, model.id(), model.graph()).size()).isEqualTo(2);
    assertThat(JsonTree.read(folder.environment()).get("sessions"))
        .hasSizeBetween(KILLS / 2 + 2, KILLS + 1);
  }

  /** Waits until a file has so many lines, but no longer than some time. */
  private void awaitLines(Path file, long count, Process process, long mostMillis)
      throws Exception {
    long begin = System.nanoTime();
    while (lines(file) < count && System.nanoTime() - begin < 1_000_000 * mostMillis) {
      assertThat(process.isAlive()).as(Files.readString(home.resolve("said"))).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
