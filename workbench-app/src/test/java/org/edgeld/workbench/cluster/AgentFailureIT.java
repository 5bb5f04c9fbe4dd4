package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.edgeld.message.Emulation;
import org.edgeld.model.Model;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.RealAgents.Cancel;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are cancelled or lose an agent end at once and leave the other agents usable. */
@Timeout(60)
class AgentFailureIT {
  private static final int ENDLESS = 1_000_000;

  @TempDir static Path folder;
  private static RealAgents cluster;
  private static Model model;
  private static KnownAgent first;
  private static KnownAgent second;

  /** Of three like agents, whichever they are. */
  private static ClusterProfile profile;

  @BeforeAll
  static void start() throws Exception {
    cluster = new RealAgents(folder);
    model = SampleModels.find("fashion").orElseThrow().create(28);
    first = cluster.start(Emulation.NONE);
    second = cluster.start(Emulation.NONE);
    ClusterProfile two = cluster.profile(model.graph(), List.of(first, second));
    // a third device like the second, so that agents which the tests kill need no profile
    profile = RealAgents.part(two, List.of(0, 1, 1));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  private static RunRequest request(Routing routing, int repeats, KnownAgent... agents)
      throws Exception {
    ClusterProfile part =
        RealAgents.part(profile, agents.length == 3 ? List.of(0, 1, 2) : List.of(0, 1));
    PlannedRun planned = cluster.plan(model.graph(), part, "equal", "between-pools", routing);
    return RealAgents.request(model, planned, List.of(agents), repeats);
  }

  private static void bothStillWork() throws Exception {
    RunResult result = cluster.run(request(Routing.PEER, 2, first, second)).result();
    assertThat(result.maxAbsError()).isLessThanOrEqualTo(1e-4 * result.outputScale());
    assertThat(result.frames()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Preparing plan",
        "Preparing local",
        "Running the undivided network once",
        "Measuring the plan, frame 2",
        "Measuring the undivided network on one remote device, frame 2"
      })
  void cancelledRunLeavesTheAgentsFreeForTheNextAtOnce(String moment) throws Exception {
    assertThatThrownBy(
            () ->
                cluster.run(
                    request(Routing.PEER, ENDLESS, first, second),
                    what -> what.startsWith(moment),
                    () -> Cancel.YES))
        .isInstanceOf(JobCancelledException.class);
    bothStillWork();
  }

  /** A device may go while it works, or between its frames while others are measured. */
  @ParameterizedTest
  @CsvSource({
    "2, PEER, 'Preparing local'",
    "2, PEER, 'Measuring the plan, frame 2'",
    "2, PEER, 'Measuring the undivided network on the head, frame 2'",
    "1, HEAD, 'Measuring the plan, frame 2'",
    "0, PEER, 'Measuring the plan, frame 2'",
    "0, HEAD, 'Measuring the undivided network on one remote device, frame 2'"
  })
  void lostAgentIsNamedAndTheOthersStayUsable(int position, Routing routing, String moment)
      throws Exception {
    KnownAgent victim = cluster.start(Emulation.NONE);
    KnownAgent[] agents = {
      position == 0 ? victim : first,
      position == 1 ? victim : second,
      position == 2 ? victim : position == 1 ? second : first
    };
    Predicate<String> when = what -> what.startsWith(moment);
    assertThatThrownBy(
            () ->
                cluster.run(
                    request(routing, ENDLESS, agents),
                    when,
                    () -> {
                      cluster.kill(victim);
                      return Cancel.NO;
                    }))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(victim.name())
        .message()
        .doesNotContain("Exception")
        .endsWith(".");
    bothStillWork();
  }

  @Test
  void batchesThatEndEarlyLeaveTheAgentsFree() throws Exception {
    KnownAgent victim = cluster.start(Emulation.NONE);
    Batch batch = new Batch(100, 4);
    Predicate<String> when = what -> what.startsWith("Measuring the plan, batch 2");
    RunRequest cancelled = inBatches(request(Routing.PEER, ENDLESS, first, second), batch);
    assertThatThrownBy(() -> cluster.run(cancelled, when, () -> Cancel.YES))
        .isInstanceOf(JobCancelledException.class);
    bothStillWork();

    RunRequest lost = inBatches(request(Routing.PEER, ENDLESS, first, second, victim), batch);
    assertThatThrownBy(
            () ->
                cluster.run(
                    lost,
                    when,
                    () -> {
                      cluster.kill(victim);
                      return Cancel.NO;
                    }))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(victim.name());
    bothStillWork();
  }

  private static RunRequest inBatches(RunRequest request, Batch batch) {
    return new RunRequest(
        request.model(),
        request.planned(),
        request.agents(),
        request.input(),
        request.warmup(),
        request.repeats(),
        request.seed(),
        batch);
  }

  @Test
  void secondWorkbenchIsRefusedWhileTheFirstIsThere() throws Exception {
    try (AgentSessions sessions =
        AgentSessions.open(List.of(first, second), cluster.key(), JobMonitor.SILENT)) {
      assertThat(sessions.connections()).hasSize(2);
      assertThatThrownBy(() -> AgentConnection.open(second.address(), cluster.key()))
          .isInstanceOf(ClusterException.class)
          .hasMessageMatching(
              "The agent "
                  + second.name()
                  + " is in use by .*\\. Maybe wait until its run is over\\.");
      assertThatThrownBy(() -> cluster.run(request(Routing.PEER, 1, first, second)))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining("in use");
      // the one who was there first noticed nothing
      assertThat(sessions.connections().get(1).readClock().answer().get().nanos()).isNotZero();
    }
    bothStillWork();
  }
}
