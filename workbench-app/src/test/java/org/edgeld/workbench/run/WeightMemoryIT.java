package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.edgeld.message.Emulation;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.profile.ClusterProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents hold the weights that they compute with, and no others. */
@Timeout(120)
class WeightMemoryIT {
  private static final int DEVICES = 3;

  /** Of the large layer, whose inputs are 64×64. */
  private static final int OUTPUTS = 9000;

  private static final long WEIGHT_BYTES = 4L * 64 * 64 * OUTPUTS;

  /** Code, threads and buffers that a deployment brings besides. */
  private static final long BESIDES_BYTES = 20_000_000;

  /** Sums of 9000 products in another order. */
  private static final float TOLERANCE = 1e-5f;

  @TempDir Path folder;
  private RealAgents cluster;
  private List<KnownAgent> agents;

  @BeforeEach
  void start() throws Exception {
    cluster = new RealAgents(folder);
    agents = new ArrayList<>();
    for (int i = 0; i < DEVICES; i++) {
      agents.add(cluster.start(Emulation.NONE));
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static Model network() {
    GraphBuilder builder =
        new GraphBuilder("wide", new TensorShape(1, 64, 64), GraphBuilder.seeded(5));
    TensorId flat = builder.flatten("flatten", TensorId.INPUT);
    TensorId wide = builder.linear("wide", flat, OUTPUTS, Activation.RELU);
    builder.linear("narrow", wide, 10, Activation.NONE);
    return new Model("wide", builder.build(), InputEncoding.IMAGENET, List.of(), WeightSource.NONE);
  }

  @Test
  void aLinearLayerDividedByOutputsIsHeldInParts() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/self/status"))).as("Linux").isTrue();
    Model model = network();
    ClusterProfile profile = SyntheticCluster.equal(model.graph(), DEVICES, 1e9, 1e12);
    PlannedRun divided = cluster.plan(model.graph(), profile, "channels", "layer", Routing.PEER);
    PlannedRun undivided = cluster.plan(model.graph(), profile, "single", "layer", Routing.PEER);
    try (AgentSessions sessions = AgentSessions.open(agents, cluster.key(), JobMonitor.SILENT)) {
      List<Long> before = residentBytes();
      Deployed parts = deployed(model, divided, sessions);
      Deployed whole = deployed(model, undivided, sessions);

      long part = WEIGHT_BYTES / DEVICES;
      for (int i = 0; i < DEVICES; i++) {
        assertThat(parts.residentBytes().get(i) - before.get(i))
            .as("growth of %s", agents.get(i).name())
            .isBetween(part, part + BESIDES_BYTES);
        assertThat(divided.memoryBytes().get(i)).isBetween(part, part + BESIDES_BYTES);
      }
      assertThat(whole.residentBytes().get(0) - before.get(0)).isGreaterThan(WEIGHT_BYTES);
      assertThat(undivided.memoryBytes().get(0)).isGreaterThan(WEIGHT_BYTES);
      assertThat(parts.output()).hasSameSizeAs(whole.output());
      for (int i = 0; i < whole.output().length; i++) {
        assertThat(parts.output()[i]).isCloseTo(whole.output()[i], within(TOLERANCE));
      }
    }
  }

  /**
   * What was seen while a plan was deployed.
   *
   * @param residentBytes per agent
   * @param output of a frame, relative to its largest element
   */
  private record Deployed(List<Long> residentBytes, float[] output) {}

  private Deployed deployed(Model model, PlannedRun planned, AgentSessions sessions)
      throws Exception {
    try (ActiveRun run = new ActiveRun("plan", planned, sessions, 1)) {
      run.deploy(model, JobMonitor.SILENT);
      float[] output =
          run.frame(SyntheticInput.noise(model, 3), JobMonitor.SILENT).outputs().get(0).toChw();
      float largest = 0;
      for (float element : output) {
        largest = Math.max(largest, Math.abs(element));
      }
      for (int i = 0; i < output.length; i++) {
        output[i] /= largest;
      }
      return new Deployed(residentBytes(), output);
    }
  }

  private List<Long> residentBytes() throws IOException {
    List<Long> bytes = new ArrayList<>();
    for (KnownAgent agent : agents) {
      bytes.add(cluster.residentBytes(agent));
    }
    return bytes;
  }
}
