package org.edgeld.workbench.ui.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.ui.doubles.UiFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DesignHintsTest {
  @TempDir Path home;
  private SweepTools tools;

  @BeforeEach
  void open() {
    tools = new UiFixture(List.of()).sweepTools(home);
  }

  private SweepSpec spec(String more) throws Exception {
    Path file = home.resolve("spec.json");
    Files.writeString(
        file,
        "{\"models\": [\"fashion\"], \"devices\": [2, 4], \"strategies\": [\"ocbp\"], %s}"
            .formatted(more));
    return tools.reader(tools.networks()).read(file);
  }

  @Test
  void devicesThatWantMoreCoresThanThereAreAreSaid() throws Exception {
    SweepSpec greedy = spec("\"cpuShares\": [0.2, 0.6], \"rounds\": 3");
    assertThat(DesignHints.of(greedy, 2))
        .containsExactly(
            "4 devices of share 0.6 want 2.4 cores, but this computer has 2: they will disturb each"
                + " other. Maybe use a smaller share.");
    assertThat(DesignHints.of(greedy, 3)).isEmpty();
    SweepSpec boards = spec("\"agents\": [\"a:1\", \"b:1\", \"c:1\", \"d:1\"], \"rounds\": 3");
    assertThat(DesignHints.of(boards, 1)).as("elsewhere").isEmpty();
  }

  @Test
  void fewRoundsAreSaid() throws Exception {
    assertThat(DesignHints.of(spec("\"cpuShares\": [0.1]"), 2))
        .singleElement()
        .asString()
        .contains("1 trial,", "do not tell how trials differ", "Maybe take at least 3 rounds");
    assertThat(DesignHints.of(spec("\"cpuShares\": [0.1], \"rounds\": 2"), 2))
        .containsExactly(
            "Each configuration will be measured in 2 trials, so intervals are wide. Maybe take at"
                + " least 3 rounds for figures to publish.");
  }

  @Test
  void configurationsAreNamedByWhatTheyDifferIn() throws Exception {
    List<Configuration> links = spec("\"linkMbps\": [10, 100]").configurations();
    assertThat(links)
        .extracting(new ConfigurationNames(links)::of)
        .containsExactly(
            "ocbp, 2 devices, 10 Mbit/s",
            "ocbp, 4 devices, 10 Mbit/s",
            "ocbp, 2 devices, 100 Mbit/s",
            "ocbp, 4 devices, 100 Mbit/s");
    List<Configuration> plain = spec("\"linkMbps\": [10]").configurations();
    assertThat(plain)
        .extracting(new ConfigurationNames(plain)::of)
        .containsExactly("ocbp, 2 devices", "ocbp, 4 devices");
  }
}
