package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code profile} prints and keeps. */
@Tag("core")
class ProfileCommandTest extends CommandLineFixture {
  @Test
  void profilePrintsHowRegularTheDevicesAre() throws Exception {
    Path file = folder.resolve("profile.json");
    assertThat(cli.execute("profile --model vgg16 --input-size 64 --local 2 --json " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    JsonNode fit = json(file).at("/devices/1/fit");
    assertThat(fit.get("classes").findValuesAsText("operators"))
        .containsExactly("conv 3×3", "linear", "pool", "move");
    JsonNode heldOut = fit.get("heldOut");
    // flatten
    assertThat(heldOut.get("layersAlone").asInt()).isEqualTo(1);
    // this cluster takes a nanosecond for an operation, and nothing else
    assertThat(heldOut.get("medianErrorPercent").asDouble()).isLessThan(0.1);
    assertThat(heldOut.get("samples")).isNotEmpty();
    assertThat(cli.out).containsPattern("B +conv 3×3 +\\d+ +").contains("within 10 %");
  }

  @Test
  void profilePrintsLayersRegressionAndLinks() throws Exception {
    Path file = folder.resolve("profile.json");

    assertThat(cli.execute("profile --model alexnet --local 2 --json " + file)).isEqualTo(0);
    assertThat(cli.out).contains("conv5", "a·FLOPs + b", "local-2", "Links");
    assertThat(json(file).at("/devices/0/regression/a").asDouble()).isEqualTo(1e-9);
    assertThat(json(file).get("links")).hasSize(2);
  }

  @Test
  void aProfileThatIsTypedInIsSavedWithoutAgents() throws Exception {
    Path saved = folder.resolve("typed.profile.json");
    assertThat(
            cli.execute(
                "profile --model fashion --board 2xpi4:8:4 --board old:2:1:::100 --save " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.out).contains("pi4-1", "pi4-2", "old");
    assertThat(cli.err).isEmpty();
    assertThat(cli.execute("plan --model fashion --profile " + saved)).as(cli.err).isZero();
    String asSaved = cli.out;
    assertThat(cli.execute("plan --model fashion --board 2xpi4:8:4 --board old:2:1:::100"))
        .isZero();
    assertThat(cli.out).isEqualTo(asSaved);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.execute("profile --model fashion --local 2 --board pi4:8"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("Only one of --board, --local");
  }

  @Test
  void aSavedProfileIsPlannedAndRunWithWithoutMeasuringAgain() throws Exception {
    Path saved = folder.resolve("boards.profile.json");
    assertThat(cli.execute("profile --model fashion --local 2 --cpu-share 0.35 --save " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    cli.services.calls.clear();
    assertThat(cli.execute("plan --model fashion --profile " + saved)).as(cli.err).isZero();
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.execute("run --model fashion --local 2 --cpu-share 0.35 --profile " + saved))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "run", "close");
    assertThat(cli.execute("run --model fashion --local 3 --cpu-share 0.35 --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("is of other devices");
    assertThat(cli.execute("plan --model alexnet --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("model (fashion) is not alexnet");
    assertThat(cli.execute("plan --model fashion --board pi4:8:4 --profile " + saved))
        .isEqualTo(ExitCode.BAD_INPUT);
  }
}
