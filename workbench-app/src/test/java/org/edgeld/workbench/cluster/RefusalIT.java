package org.edgeld.workbench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.edgeld.agent.AgentProcess;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;
import org.edgeld.transport.SharedKey;
import org.edgeld.workbench.cluster.local.LocalAgents;
import org.edgeld.workbench.plan.InfeasiblePlanException;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunFailedException;
import org.edgeld.workbench.run.RunRequest;
import org.edgeld.workbench.run.RunResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot work is refused in one sentence: wrong key, port in use, too little memory. */
@Timeout(60)
class RefusalIT {
  @TempDir Path folder;

  @Test
  void wrongKeyIsSaidAsSuch() throws Exception {
    try (RealAgents cluster = new RealAgents(folder)) {
      KnownAgent agent = cluster.start(Emulation.NONE);
      try (DefaultAgentDirectory stranger =
          new DefaultAgentDirectory(
              SharedKey.random(),
              RealAgents.freeDiscoveryPorts(),
              new LocalAgents(folder.resolve("key"), folder.resolve("cache")))) {
        assertThatThrownBy(() -> stranger.add(agent.address()))
            .isInstanceOf(ClusterException.class)
            .hasMessageMatching("[^\\n]*" + agent.address() + "[^\\n]*key[^\\n]*Maybe[^\\n]*\\.");
        assertThat(stranger.agents()).isEmpty();
      }
      // the agent is none the worse for it
      assertThat(cluster.directory().add(agent.address()).status())
          .isEqualTo(KnownAgent.Status.READY);
    }
  }

  @Test
  void agentWhosePortIsTakenSaysSoAndEnds() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int port : new int[] {taken.getLocalPort(), taken.getLocalPort() - 1}) {
        Process agent =
            AgentProcess.builder(
                    List.of(
                        "--bind=127.0.0.1",
                        "--port=" + port,
                        "--discovery-port=0",
                        "--key-file=" + folder.resolve("key"),
                        "--cache-dir=" + folder.resolve("cache")))
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        String errors =
            new String(agent.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(agent.exitValue()).isNotZero();
        assertThat(errors.lines().filter(line -> line.startsWith("edge-agent: ")))
            .singleElement()
            .asString()
            .contains(String.valueOf(taken.getLocalPort()))
            .contains("Maybe")
            .endsWith(".");
        assertThat(errors).doesNotContain("\tat ");
      }
    }
  }

  /** Three convolutions whose inner feature maps take 8 MB each when undivided. */
  private static Model wide() {
    GraphBuilder b = new GraphBuilder("wide", new TensorShape(1, 256, 256), GraphBuilder.seeded(5));
    Window same = Window.of(3, 1, 1);
    TensorId t = b.conv("conv1", TensorId.INPUT, 32, same, Activation.NONE);
    t = b.conv("conv2", t, 32, same, Activation.NONE);
    b.conv("conv3", t, 1, same, Activation.NONE);
    ModelGraph graph = b.build();
    InputEncoding grey =
        new InputEncoding(InputEncoding.ChannelOrder.GREY, 1 / 255.0, List.of(0.5), List.of(0.5));
    return new Model("wide", graph, grey, List.of(), WeightSource.NONE);
  }

  @Test
  void planThatExceedsADevicesMemoryIsRefusedByNameAndSuchABaselineIsLeftOut() throws Exception {
    Model model = wide();
    ModelGraph graph = model.graph();
    try (RealAgents cluster = new RealAgents(folder)) {
      KnownAgent small = cluster.start(new Emulation(1, 0, 0, 16_000_000));
      List<KnownAgent> agents =
          List.of(small, cluster.start(Emulation.NONE), cluster.start(Emulation.NONE));
      assertThat(small.info().orElseThrow().emulation().memoryBytes()).isEqualTo(16_000_000);
      ClusterProfile profile = cluster.profile(graph, agents);

      assertThatThrownBy(() -> cluster.plan(graph, profile, "single", "3", Routing.PEER))
          .isInstanceOf(InfeasiblePlanException.class)
          .hasMessageContaining("on " + small.name() + ", which has 16.0 MB.");

      PlannedRun divided = cluster.plan(graph, profile, "equal", "3", Routing.PEER);
      RunResult result = cluster.run(RealAgents.request(model, divided, agents, 1)).result();
      assertThat(result.baselineLocal()).isEmpty();
      assertThat(result.speedupLocal()).isEmpty();
      assertThat(result.baselineRemote()).isPresent();
      assertThat(result.warnings())
          .anyMatch(
              warning ->
                  warning.startsWith("The baseline \"local\" was left out")
                      && warning.contains(small.name()));
      assertThat(result.maxAbsError()).isLessThanOrEqualTo(1e-4 * result.outputScale());

      RunRequest tooMany = inFlight(RealAgents.request(model, divided, agents, 1), 30);
      Throwable refusal = catchThrowable(() -> cluster.run(tooMany));
      assertThat(refusal)
          .isInstanceOf(RunFailedException.class)
          .hasMessageMatching(
              small.name()
                  + ": 30 frames in flight need .* MB, but this device may use 16.0 MB. Maybe use"
                  + " [0-9]+ in flight\\.");
      int fitting =
          Integer.parseInt(refusal.getMessage().replaceAll(".*Maybe use ([0-9]+).*", "$1"));
      assertThat(fitting).isBetween(2, 29);
      RunResult batch =
          cluster.run(inFlight(RealAgents.request(model, divided, agents, 1), fitting)).result();
      assertThat(batch.maxAbsError()).isLessThanOrEqualTo(1e-4 * batch.outputScale());
    }
  }

  private static RunRequest inFlight(RunRequest request, int frames) {
    return new RunRequest(
        request.model(),
        request.planned(),
        request.agents(),
        request.input(),
        request.warmup(),
        request.repeats(),
        request.seed(),
        new Batch(frames, frames));
  }
}
