package org.edgeld.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.fixture.KeptRuns;
import org.edgeld.workbench.fixture.MeasuredRuns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class AgentMatchTest {
  /** Of board-1, board-2 and board-3. */
  private final RunHead head = RunHead.of(KeptRuns.of(3));

  private static KnownAgent agent(String name) {
    return known(MeasuredRuns.agent(name));
  }

  private static KnownAgent known(AgentInfo info) {
    return new KnownAgent(
        new AgentAddress("127.0.0.1", 40001),
        Optional.of(info),
        KnownAgent.Status.READY,
        KnownAgent.Source.ADDED,
        "");
  }

  private static KnownAgent slower(String name) {
    AgentInfo info = MeasuredRuns.agent(name);
    return known(
        new AgentInfo(
            info.agentId(),
            name,
            info.version(),
            1,
            1,
            1,
            info.processor(),
            info.architecture(),
            info.cores(),
            info.threads(),
            info.memoryBytes(),
            info.engine(),
            new Emulation(0.2, 1_000_000_000L, 0, 0),
            false));
  }

  private static AgentInfo withMemory(AgentInfo info, long bytes) {
    return new AgentInfo(
        info.agentId(),
        info.name(),
        info.version(),
        1,
        1,
        1,
        info.processor(),
        info.architecture(),
        info.cores(),
        info.threads(),
        bytes,
        info.engine(),
        info.emulation(),
        false);
  }

  private static RunHead withMemory(RunHead head, long bytes) {
    return new RunHead(
        head.started(),
        head.model(),
        head.method(),
        head.details(),
        head.devices().stream().map(info -> withMemory(info, bytes)).toList(),
        head.head(),
        head.times(),
        head.digests(),
        head.rerunOf());
  }

  @Test
  void aFewBytesOfMemoryMoreMakeNoOtherMachine() {
    long before = 8_000_000_000L;
    long after = before + 4096; // another kernel kept less for itself
    RunHead then = withMemory(head, before);
    List<KnownAgent> now =
        head.devices().stream().map(info -> known(withMemory(info, after))).toList();
    assertThat(AgentMatch.of(then, now).differences()).isEmpty();
    assertThat(Fairness.objection(then, withMemory(head, after))).isEmpty();
    assertThat(Fairness.objection(then, withMemory(head, 2 * before))).contains("another machine");
  }

  private static List<String> names(AgentMatch match) {
    return match.agents().stream().map(KnownAgent::name).toList();
  }

  @Test
  void agentsAreFoundByNameWhateverTheirOrder() {
    AgentMatch match =
        AgentMatch.of(head, List.of(agent("board-3"), agent("board-1"), agent("board-2")));
    assertThat(names(match)).containsExactly("board-1", "board-2", "board-3");
    assertThat(match.differences()).isEmpty();
    assertThat(match.sentence()).isEmpty();
    assertThat(match.complete(head)).isTrue();
  }

  @Test
  void anEqualBoardStandsInForOneThatIsGone() {
    AgentMatch match =
        AgentMatch.of(
            head, List.of(slower("spare"), agent("new"), agent("board-1"), agent("board-3")));
    assertThat(names(match)).containsExactly("board-1", "new", "board-3");
    assertThat(match.differences()).isEmpty();
  }

  @Test
  void whatDiffersIsSaid() {
    AgentMatch match =
        AgentMatch.of(head, List.of(agent("board-1"), slower("board-2"), agent("board-3")));
    assertThat(names(match)).containsExactly("board-1", "board-2", "board-3");
    assertThat(match.differences()).containsExactly("B's CPU share was 0.35 and is 0.2");
    assertThat(match.sentence()).isEqualTo("The agents differ: B's CPU share was 0.35 and is 0.2.");
    assertThat(match.complete(head)).isTrue();
  }

  @Test
  void tooFewAgentsCannotRunTheSamePlan() {
    AgentMatch match = AgentMatch.of(head, List.of(agent("board-1")));
    assertThat(match.complete(head)).isFalse();
    assertThat(match.sentence()).contains("1 of its 3 devices is there");
  }
}
