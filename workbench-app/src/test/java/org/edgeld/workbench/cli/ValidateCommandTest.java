package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.results.ValidationCsv;
import org.edgeld.workbench.run.RunFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class ValidateCommandTest extends CommandLineFixture {
  private static final String SMALL =
      "validate --model alexnet,fashion --devices 2,3 --link-mbps 100,1000"
          + " --strategy single,equal/layer,equal/head --cpu-share 0.2";

  @Test
  void everyModelRunsOnEveryClusterAndErrorsAreReported() throws Exception {
    Path csv = folder.resolve("validation.csv");
    Path json = folder.resolve("validation.json");
    int code = cli.execute(SMALL + " --csv " + csv + " --json " + json);
    assertThat(code).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec)
        .contains(new LocalClusterSpec(3, new Emulation(0.2, 1_000_000_000L, 0, 0), 1));
    // four clusters with two models of three plans each
    assertThat(cli.services.calls).filteredOn(call -> call.equals("startLocal")).hasSize(4);
    assertThat(cli.services.calls).filteredOn(call -> call.equals("measure 3")).hasSize(8);
    assertThat(cli.services.calls).filteredOn(call -> call.equals("refine 3")).hasSize(8);
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 24).startsWith(String.join(",", ValidationCsv.COLUMNS));
    JsonNode document = new ObjectMapper().readTree(json.toFile());
    assertThat(document.get("trials")).hasSize(24);
    assertThat(document.get("trials").get(1).get("steps")).isNotEmpty();
    // everything takes half as long again as predicted
    assertThat(document.get("medianAbsoluteErrorPercent").asDouble()).isBetween(33.3, 33.4);
    assertThat(document.get("clearPairsRankedRight").asInt())
        .isEqualTo(document.get("clearPairs").asInt())
        .isPositive();
    assertThat(cli.out)
        .contains("24 plans: median absolute error 33.3 %, 0 % of the plans within 15 %.");
  }

  @Test
  void contendersWithTheSamePlanAreMeasuredOnce() {
    int code =
        cli.execute(
            "validate --model fashion --devices 2 --link-mbps 100 --strategy single,single/layer");
    assertThat(code).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).contains("measure 1");
  }

  @Test
  void optionsCountForTheStrategiesThatHaveThem() throws Exception {
    Path csv = folder.resolve("validation.csv");
    int code =
        cli.execute(
            "validate --model alexnet --devices 2 --link-mbps 100 --strategy single,ftp/layer"
                + " --option grid=2x1 --csv "
                + csv);
    assertThat(code).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(Files.readAllLines(csv)).anyMatch(line -> line.contains(",ftp/layer grid=2x1,"));

    assertThat(
            cli.execute(
                "validate --model alexnet --devices 2 --link-mbps 100 --strategy single,ftp/layer"
                    + " --option gird=2x1"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("\"gird\" is not an option of these strategies. Maybe \"grid\"");
  }

  @Test
  void whatFailsIsToldAndTheRestGoesOn() {
    cli.services.runFailure = Optional.of(new RunFailedException("local-1 is on fire."));
    int code = cli.execute(SMALL);
    assertThat(code).isEqualTo(ExitCode.FAILED);
    assertThat(cli.out)
        .contains(
            "Not measured: alexnet on 2 devices at 100 Mbit/s: local-1 is on fire.",
            "Not measured: fashion on 3 devices at 1000 Mbit/s: local-1 is on fire.",
            "No plan was measured.");
    assertThat(cli.services.calls).endsWith("close");
  }
}
