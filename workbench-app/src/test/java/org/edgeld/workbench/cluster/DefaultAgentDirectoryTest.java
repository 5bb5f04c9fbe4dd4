package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.edgeld.agent.AgentNode;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.LoadedModel;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.agent.session.AgentContext;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.geometry.Range;
import org.edgeld.message.Emulation;
import org.edgeld.model.ModelGraph;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.job.JobMonitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of agents, with one agent in this process. */
@Timeout(60)
class DefaultAgentDirectoryTest {
  private static final int ATTEMPTS = 30;

  @TempDir Path folder;
  private final SharedKey key = SharedKey.random();

  /** Nothing is computed here. */
  private static final class NoEngine implements TileEngine {
    @Override
    public String describe() {
      return "none";
    }

    @Override
    public LoadedModel load(
        ModelGraph graph, Map<Integer, Range> channels, WeightProvider weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private AgentNode agent(int discoveryPort) throws IOException {
    AgentContext context =
        new AgentContext(
            new NoEngine(),
            new WeightCache(folder),
            key,
            LinkShaper.none(),
            Emulation.NONE,
            () -> new CpuShare(1));
    AgentNode node =
        new AgentNode(
            new AgentNode.Settings("a", InetAddress.getLoopbackAddress(), 0, discoveryPort, 1),
            context);
    node.start();
    return node;
  }

  @Test
  void stoppedLocalAgentsDoNotComeBackByAnAnswerGivenBefore() throws Exception {
    int port = RealAgents.freeDiscoveryPorts();
    // it outlives its stop, and so answers like one whose answer was under way
    try (AgentNode node = agent(port);
        DefaultAgentDirectory directory =
            new DefaultAgentDirectory(key, port, new Given(node.info().controlPort()))) {
      directory.startLocal(new LocalClusterSpec(1, Emulation.NONE, 1), JobMonitor.SILENT);
      assertThat(directory.discover(JobMonitor.SILENT))
          .singleElement()
          .satisfies(a -> assertThat(a.source()).isEqualTo(KnownAgent.Source.LOCAL));

      directory.stopLocal();

      assertThat(directory.agents()).isEmpty();
      assertThat(directory.discover(JobMonitor.SILENT)).isEmpty();
    }
  }

  @Test
  void agentsThatStopAnsweringGoOfflineHoweverTheyBecameKnown() throws Exception {
    int port = RealAgents.freeDiscoveryPorts();
    AgentNode local = agent(port);
    AgentNode found = agent(port);
    try (local;
        found;
        DefaultAgentDirectory directory =
            new DefaultAgentDirectory(key, port, new Given(local.info().controlPort()))) {
      directory.startLocal(new LocalClusterSpec(1, Emulation.NONE, 1), JobMonitor.SILENT);
      discoverUntil(
          directory, agents -> agents.stream().noneMatch(DefaultAgentDirectoryTest::isOffline));

      local.close();
      found.close();
      discoverUntil(
          directory, agents -> agents.stream().allMatch(DefaultAgentDirectoryTest::isOffline));
    }
  }

  private static boolean isOffline(KnownAgent agent) {
    return agent.status() == KnownAgent.Status.OFFLINE;
  }

  /** Looks for both agents again and again: on a busy computer an answer may come too late. */
  private static void discoverUntil(
      DefaultAgentDirectory directory, Predicate<List<KnownAgent>> wanted) throws Exception {
    for (int i = 0; i < ATTEMPTS; i++) {
      List<KnownAgent> agents = directory.discover(JobMonitor.SILENT);
      if (agents.size() == 2 && wanted.test(agents)) {
        return;
      }
    }
    fail("After %d attempts there are %s.", ATTEMPTS, directory.agents());
  }

  /** "Starts" an agent that is there. */
  private record Given(int controlPort) implements AgentStarter {
    @Override
    public List<AgentAddress> start(LocalClusterSpec spec, int discoveryPort, JobMonitor monitor) {
      return List.of(new AgentAddress("127.0.0.1", controlPort));
    }

    @Override
    public void close() {}
  }
}
