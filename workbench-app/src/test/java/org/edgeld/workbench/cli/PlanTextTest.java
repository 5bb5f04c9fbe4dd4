package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code plan} prints, for boards that are typed in. */
class PlanTextTest {
  @TempDir Path folder;
  private CliHarness cli;

  @BeforeEach
  void start() {
    cli = new CliHarness(folder.resolve("home"));
  }

  private void plans(String rest) {
    assertThat(cli.execute("plan --board 2xpi4:8 --link-mbps 1000 " + rest))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void channelsOfAStageThatIsDividedByThemAreNamed() {
    plans("--model vgg16 --strategy channels --option pairs=off");
    assertThat(cli.out)
        .contains("and c channels if not all")
        .containsPattern("fc7 +1 +\\[0, 1\\) c\\[0, 2048\\) +\\[0, 1\\) c\\[2048, 4096\\)")
        .containsPattern("conv2_1 +112 +\\[0, \\d+\\) +\\[\\d+, 112\\)\n");
  }

  @Test
  void optionsAreThoseOfTheStrategiesThatHaveThem() throws Exception {
    Path file = folder.resolve("plans.json");
    plans("--model fashion --strategy all --option grid=1x2 --json " + file);
    assertThat(cli.out).containsPattern("ftp grid=1x2 +[0-9]").containsPattern("\nequal +[0-9]");
    JsonNode plans = new ObjectMapper().readTree(file.toFile()).get("plans");
    for (JsonNode plan : plans) {
      boolean ftp = plan.get("strategy").asText().equals("ftp");
      assertThat(plan.get("options")).as(plan.toString()).hasSize(ftp ? 1 : 0);
    }
  }

  @Test
  void jointIsNotSlowerThanAPlanWithOptions() throws Exception {
    Path file = folder.resolve("plans.json");
    plans("--model fashion --strategy all --option rows=3,2 --json " + file);
    JsonNode plans = new ObjectMapper().readTree(file.toFile()).get("plans");
    double fastest = plans.get(0).get("predictedMs").asDouble();
    for (JsonNode plan : plans) {
      if (plan.get("strategy").asText().equals("joint")) {
        assertThat(plan.get("predictedMs").asDouble()).isEqualTo(fastest);
      }
    }
  }
}
