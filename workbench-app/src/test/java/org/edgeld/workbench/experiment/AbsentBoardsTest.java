package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.TrialRecord.Outcome;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.profile.Profiler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sweeps on boards of which some do not answer. */
@Tag("core")
@Timeout(60)
class AbsentBoardsTest extends FakeSweep {
  private AbsentBoards boards(int count, List<Integer> devices) {
    SweepSpec.Grid grid = spec.grids().get(0);
    List<String> agents = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      agents.add("board:" + i);
    }
    spec =
        new SweepSpec(
            "Boards",
            agents,
            List.of(
                new SweepSpec.Grid(
                    grid.networks(),
                    devices,
                    List.of(Boards.REAL),
                    grid.methods(),
                    grid.batches())),
            true,
            spec.procedure());
    AbsentBoards boards = new AbsentBoards();
    directory = boards;
    return boards;
  }

  @Test
  void aBoardThatDoesNotAnswerIsWaitedFor() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    AtomicInteger misses = new AtomicInteger();
    boards.onMiss =
        () -> {
          if (misses.incrementAndGet() == 2) {
            boards.away.clear();
          }
        };
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(said)
        .anyMatch(
            what -> what.matches("Waiting for agent board:2, at most \\d+ s – Trial 1 of .*"));
  }

  @Test
  void aBoardThatStaysAwayFailsOnlyTheTrialsThatNeedIt() throws Exception {
    AbsentBoards boards = boards(3, List.of(2, 3));
    runner.meanwhile(
        part -> {
          if (runs.incrementAndGet() == 1) {
            boards.away.add(3);
            boards.onMiss = () -> aheadNanos.addAndGet(200 * SECOND);
          }
        });
    List<TrialRecord> records = run();
    List<Outcome> failures = new ArrayList<>();
    for (TrialRecord record : records.subList(1, records.size())) {
      if (record.trial().configuration().devices() == 3) {
        failures.add(record.outcome());
      } else {
        assertThat(record.outcome()).isInstanceOf(Measured.class);
      }
    }
    assertThat(failures.get(0))
        .isEqualTo(
            new Failed(
                "The agent board:3 was away for %d s. Nothing answers at board:3."
                    .formatted(SweepAgents.PATIENCE_SECONDS)));
    assertThat(failures.subList(1, failures.size()))
        .isNotEmpty()
        .containsOnly(
            new Failed(
                "The agent board:3 is still away after another %d s. Nothing answers at board:3."
                    .formatted(SweepAgents.PATIENCE_IF_AWAY_SECONDS)));
    assertThat(records.get(0).outcome()).isInstanceOf(Measured.class);
  }

  @Test
  void trialsThatDoWithoutADeadBoardRunThoughNoProfileIsThereYet() throws Exception {
    AbsentBoards boards = boards(4, List.of(2, 3, 4));
    boards.away.add(4);
    boards.onMiss = () -> aheadNanos.addAndGet(200 * SECOND);
    List<Integer> profiled = new ArrayList<>();
    Profiler sound = profiler;
    profiler =
        (graph, agents, part) -> {
          profiled.add(agents.size());
          return sound.profile(graph, agents, part);
        };
    List<TrialRecord> records = run();
    assertThat(records).hasSizeGreaterThanOrEqualTo(Schedule.trials(spec).size());
    for (TrialRecord record : records) {
      assertThat(record.outcome())
          .isInstanceOf(
              record.trial().configuration().devices() == 4 ? Failed.class : Measured.class);
    }
    assertThat(profiled).as("one profile of those that answer, for all trials").containsExactly(3);

    // the board returns, and what was measured without it keeps its profile
    boards.away.clear();
    SweepFolder folder = new SweepFolder(home.resolve("sweep"));
    assertThat(folder.forgetFailed(spec)).isPositive();
    assertThat(run()).allMatch(record -> record.outcome() instanceof Measured);
    assertThat(profiled).containsExactly(3, 4);
  }

  @Test
  void aBoardThatStayedAwayIsWaitedForLessUntilItAnswersAgain() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    boards.onMiss =
        () -> {
          aheadNanos.addAndGet(130 * SECOND);
          if (begun.size() == 3) {
            boards.away.clear();
          }
        };
    runner.meanwhile(part -> boards.away.add(2));
    spec = Specs.withRounds(spec, 6);
    List<String> causes = causes(run());
    assertThat(causes.get(0)).contains("was away for 120 s");
    assertThat(causes.get(1)).contains("is still away after another 10 s");
    assertThat(causes.get(2)).contains("is still away after another 10 s");
    assertThat(causes.get(3)).as("it answers").isEmpty();
    assertThat(causes.get(4)).as("and goes away anew").contains("was away for 120 s");
    assertThat(causes.get(5)).contains("is still away after another 10 s");
  }

  @Test
  void aGridIsMeasuredOnTheAgentsThatItChooses() throws Exception {
    boards(3, List.of(2));
    Path wanted = home.resolve("wanted.json");
    Files.writeString(
        wanted,
        """
        {"agents": ["board:1", "board:2", "board:3"], "noiseFloor": false, "grids": [
          {"models": ["fashion"], "devices": [2], "strategies": ["equal"]},
          {"models": ["fashion"], "devices": [2], "strategies": ["equal"],
           "agents": ["board:3", "board:2"]}]}
        """);
    spec = Specs.reader(home).read(wanted);
    List<TrialRecord> records = run();
    assertThat(records).hasSize(2);
    for (TrialRecord record : records) {
      Measured measured = (Measured) record.outcome();
      assertThat(measured.devices())
          .extracting(TrialRecord.DeviceTimes::name)
          .containsExactly(
              record.trial().configuration().number() == 0
                  ? new String[] {"board-1", "board-2"}
                  : new String[] {"board-3", "board-2"});
    }
    assertThat(new SweepFolder(home.resolve("sweep")).profiles().toFile().list()).hasSize(2);
  }

  @Test
  void waitingForABoardCanBeCancelled() throws Exception {
    AbsentBoards boards = boards(2, List.of(2));
    boards.away.add(2);
    boards.onMiss = () -> cancelled = true;
    assertThatThrownBy(this::run).isInstanceOf(JobCancelledException.class);
    assertThat(new SweepFolder(home.resolve("sweep")).readTrials(spec)).isEmpty();
  }
}
