package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.results.GridCsv;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code simulate} prints and writes. */
@Tag("core")
class SimulateCommandTest extends CommandLineFixture {
  @Test
  void simulatePrintsAndWritesAGridOfClusters() throws Exception {
    Path csv = folder.resolve("grid.csv");
    Path file = folder.resolve("grid.json");

    assertThat(
            cli.execute(
                "simulate --model alexnet --gflops 8 --devices 2,3 --link-mbps 100,1000"
                    + " --link-delay-ms 0.5 --strategy ocbp/layer/peer,edgeld,remote --csv "
                    + csv
                    + " --json "
                    + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.services.calls).isEmpty();
    assertThat(cli.out)
        .contains("boards", "local ms", "ocbp/layer/peer", "edgeld", "bound", "gap %")
        .containsPattern("8 GFLOP/s +1000 +3 +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 2 * 2 * 3);
    assertThat(lines.get(0)).isEqualTo(String.join(",", GridCsv.COLUMNS));
    assertThat(lines.get(2))
        .startsWith(
            "alexnet,224,8 GFLOP/s,2,100.0,0.5,edgeld,ocbp-paper,between-pools,head,leader");
    JsonNode clusters = json(file).get("clusters");
    assertThat(clusters).hasSize(4);
    for (JsonNode cluster : clusters) {
      assertThat(cluster.get("plans").findValuesAsText("contender"))
          .containsExactly("ocbp/layer/peer", "edgeld", "remote");
      for (JsonNode plan : cluster.get("plans")) {
        assertThat(plan.get("speedupLocal").asDouble())
            .isCloseTo(
                cluster.get("localMs").asDouble() / plan.get("predictedMs").asDouble(),
                within(1e-9))
            .isLessThanOrEqualTo(cluster.get("largestSpeedup").asDouble());
      }
    }
  }

  @Test
  void simulateTakesOptionsForTheStrategiesThatHaveThem() throws Exception {
    Path file = folder.resolve("grid.json");
    assertThat(
            cli.execute(
                "simulate --model alexnet --gflops 8 --devices 2 --strategy equal,manual/layer"
                    + " --option rows=3,1 --json "
                    + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    JsonNode plans = json(file).at("/clusters/0/plans");
    assertThat(plans.findValuesAsText("contender"))
        .containsExactly("equal", "manual/layer rows=3,1");
    assertThat(plans.at("/1/options/rows").asText()).isEqualTo("3,1");
    assertThat(plans.at("/1/predictedMs").asDouble())
        .isGreaterThan(plans.at("/0/predictedMs").asDouble());
  }

  @Test
  void simulateTakesBoardsInTurn() {
    assertThat(
            cli.execute(
                "simulate --model alexnet --board pi4:8:4 --board nano:60:25 --devices 4"
                    + " --strategy equal,remote"))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).containsPattern("pi4\\+nano +1000 +4 ");
    assertThat(cli.execute("simulate --model alexnet --gflops 8 --devices 1 --strategy remote"))
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("No plan of remote for 1 devices: ");
  }
}
