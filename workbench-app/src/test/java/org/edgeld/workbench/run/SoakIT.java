package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.message.Emulation;
import org.edgeld.model.Model;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.cluster.AgentSessions;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.RealAgents;
import org.edgeld.workbench.image.SyntheticInput;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.plan.Routing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many frames through three agents: nothing is lost, mixed up, or left behind in memory. */
@Timeout(120)
class SoakIT {
  private static final int FRAMES = 1000;
  private static final int IN_FLIGHT = 4;

  /** Another number than {@link #IN_FLIGHT}, so each place in the window sees every input. */
  private static final int INPUTS = 5;

  /** Frames over which resident memory is read. */
  private static final int EARLY_START = 50;

  private static final int EARLY_END = 100;
  private static final int LATE_START = 900;
  private static final int EVERY = 5;

  /**
   * What code compiled later, the allocator and the virtual machine's heap may add in between. A
   * strip of the first feature map (17 KB) left behind in each of the 850 frames would be 14 MB.
   */
  private static final long GROWTH_BYTES = 8_000_000;

  @TempDir Path folder;
  private RealAgents cluster;
  private List<KnownAgent> agents;

  @BeforeEach
  void start() throws Exception {
    cluster = new RealAgents(folder);
    agents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      agents.add(cluster.start(Emulation.NONE));
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aThousandFramesGiveTheSameOutputsInTheSameMemory() throws Exception {
    assumeThat(Files.exists(Path.of("/proc/self/status"))).as("Linux").isTrue();
    SampleModel sample = SampleModels.find("fashion").orElseThrow();
    Model model = sample.create(sample.defaultInputSize());
    PlannedRun planned =
        cluster.plan(
            model.graph(), cluster.profile(model.graph(), agents), "equal", "layer", Routing.PEER);
    List<HostTensor> inputs = FrameInputs.of(SyntheticInput.noise(model, 3), INPUTS, 7);
    Map<Integer, List<HostTensor>> first = new HashMap<>();
    List<Integer> different = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    List<List<Long>> early = new ArrayList<>();
    List<List<Long>> late = new ArrayList<>();
    try (AgentSessions sessions = AgentSessions.open(agents, cluster.key(), JobMonitor.SILENT);
        ActiveRun run = new ActiveRun("plan", planned, sessions, IN_FLIGHT)) {
      run.deploy(model, JobMonitor.SILENT);
      run.frames(
          inputs,
          FRAMES,
          (frame, index) -> {
            numbers.add(frame.done().frame());
            List<HostTensor> reference =
                first.computeIfAbsent(index % INPUTS, input -> frame.outputs());
            if (!reference.equals(frame.outputs())) {
              different.add(index);
            }
            if (index >= EARLY_START && index % EVERY == 0) {
              if (index < EARLY_END) {
                early.add(agents.stream().map(this::residentBytes).toList());
              } else if (index >= LATE_START) {
                late.add(agents.stream().map(this::residentBytes).toList());
              }
            }
          },
          JobMonitor.SILENT);
    }
    assertThat(numbers).hasSize(FRAMES).isSorted().doesNotHaveDuplicates();
    assertThat(different).as("frames that differ from the first of their input").isEmpty();
    assertThat(first.values()).as("outputs of different inputs").doesNotHaveDuplicates();
    for (int i = 0; i < agents.size(); i++) {
      assertThat(median(late, i) - median(early, i))
          .as("growth of %s", agents.get(i).name())
          .isLessThan(GROWTH_BYTES);
    }
  }

  private static long median(List<List<Long>> residentBytes, int agent) {
    List<Long> sorted = residentBytes.stream().map(bytes -> bytes.get(agent)).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private long residentBytes(KnownAgent agent) {
    try {
      return cluster.residentBytes(agent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
