package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.edgeld.agent.AgentMain;
import org.edgeld.agent.AgentProcess;
import org.edgeld.samples.SampleModels;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.DefaultAgentDirectory;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.cluster.local.LocalAgents;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.spec.Networks;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.DefaultProfiler;
import org.edgeld.workbench.run.DefaultRunner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sweep on agents that were started elsewhere, one of which dies and returns. */
@Timeout(300)
class ReturningAgentTest {
  /** Counted from 0. */
  private static final int TRIAL_OF_DEATH = 2;

  @TempDir Path home;

  private Path keyFile;
  private SharedKey key;
  private int discoveryPort;
  private int headPort;
  private int otherPort;
  private Process head;
  private Process other;
  private int begun = -1;
  private boolean died;
  private int returned;

  @BeforeEach
  void startAgents() throws IOException {
    keyFile = home.resolve("key");
    key = SharedKey.loadOrCreate(keyFile).key();
    discoveryPort = RealAgents.freeDiscoveryPorts();
    headPort = freePorts();
    otherPort = freePorts();
    head = start("head", headPort);
    other = start("other", otherPort);
  }

  @AfterEach
  void stopAgents() {
    head.destroyForcibly();
    other.destroyForcibly();
  }

  /** Returns a port that is free together with the next, which an agent takes for tensors. */
  private static int freePorts() throws IOException {
    while (true) {
      try (ServerSocket control = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        int port = control.getLocalPort();
        try (ServerSocket data = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
          return data.getLocalPort() - 1;
        } catch (IOException | IllegalArgumentException e) {
          continue;
        }
      }
    }
  }

  private Process start(String name, int port) throws IOException {
    Process process =
        AgentProcess.builder(
                List.of(
                    "--name=" + name,
                    "--port=" + port,
                    "--bind=127.0.0.1",
                    "--discovery-port=" + discoveryPort,
                    "--key-file=" + keyFile,
                    "--cache-dir=" + home.resolve("cache"),
                    "--threads=1",
                    "--parent-pipe"))
            .redirectError(ProcessBuilder.Redirect.appendTo(home.resolve(name).toFile()))
            .start();
    var output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(AgentMain.READY)) {
        return process;
      }
    }
    throw new IOException("The agent " + name + " did not start.");
  }

  /** Kills the agent in the middle of a trial and starts it again once it is missed. */
  private final class Fate implements JobMonitor, SweepListener {
    private final int trials;

    Fate(int trials) {
      this.trials = trials;
    }

    @Override
    public void begins(Trial trial, int done, int total, double secondsLeft) {
      begun = done;
    }

    @Override
    public void finished(TrialRecord record, int done, int total) {}

    @Override
    public void progress(String what, double fraction) {
      if (what.startsWith("Waiting for agent 127.0.0.1:" + otherPort)) {
        returned++;
        try {
          other = start("other", otherPort);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      } else if (!died && begun == TRIAL_OF_DEATH && fraction > (double) begun / trials) {
        died = true;
        other.destroyForcibly().onExit().join();
      }
    }

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  @Test
  void anAgentThatDiesAndReturnsIsUsedAgain() throws Exception {
    Path wanted = home.resolve("wanted.json");
    Files.writeString(
        wanted,
        """
        {"models": ["fashion"], "devices": [2], "strategies": ["equal", "ocbp"],
         "agents": ["127.0.0.1:%d", "127.0.0.1:%d"],
         "warmup": 0, "repeats": 3, "rounds": 2}
        """
            .formatted(headPort, otherPort));
    SweepSpec spec = Specs.reader(home).read(wanted);
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec);
    DefaultPlanner planner = DefaultPlanner.load();
    List<TrialRecord> records = new ArrayList<>();
    try (DefaultAgentDirectory directory =
        new DefaultAgentDirectory(
            key, discoveryPort, new LocalAgents(keyFile, home.resolve("cache")))) {
      SweepServices services =
          new SweepServices(
              directory,
              new DefaultProfiler(key),
              planner,
              new DefaultRunner(key, planner, Clock.systemUTC(), Map::of),
              new Networks(SampleModels.all(), home.resolve("cache")));
      Fate fate = new Fate(6);
      records.addAll(
          new Sweep(services, Clock.systemUTC(), System::nanoTime)
              .run(folder, spec, fate, fate, new PauseSwitch()));
    }
    assertThat(records).hasSize(6);
    assertThat(died).isTrue();
    assertThat(returned).isEqualTo(1);
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).outcome())
          .as("trial %d: %s", i, records.get(i))
          .isInstanceOf(i == TRIAL_OF_DEATH ? Failed.class : Measured.class);
    }
  }
}
