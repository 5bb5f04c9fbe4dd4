package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.message.Emulation;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and the commands that neither plan nor run. */
@Tag("core")
class CommandsTest extends CommandLineFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "window ",
        "discover ",
        "cluster ",
        "cluster start ",
        "models ",
        "profile ",
        "plan ",
        "simulate ",
        "run "
      })
  void everyCommandHelps(String command) {
    assertThat(cli.execute(command + "--help")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).startsWith("Usage: workbench").contains("--verbose");
    assertThat(cli.err).isEmpty();
    if (!command.equals("cluster ")) {
      assertThat(cli.out).contains("Example");
    }
  }

  @Test
  void helpNamesEveryStrategyThereIs() {
    cli.execute("plan --help");
    for (SplitStrategy strategy : SplitStrategies.load().all()) {
      assertThat(cli.out).contains(strategy.id());
      strategy.options().forEach(option -> assertThat(cli.out).contains(option.name()));
    }
  }

  @Test
  void aWindowComesWithTheLocalAgentsAskedFor() {
    assertThat(cli.execute("window --local 3 --cpu-share 0.5")).isEqualTo(ExitCode.OK);
    assertThat(cli.execute("window")).isEqualTo(ExitCode.OK);
    assertThat(cli.windows).containsExactly(3, 0);
    assertThat(cli.execute("window --cpu-share 0.5")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("Maybe add --local");
  }

  @Test
  void discoverPrintsAndWritesWhatItFound() throws Exception {
    cli.services.discoverable.add(FakeServices.ready("pi-1", 4001));
    cli.services.discoverable.add(
        FakeServices.agent("pi-2", 4002, KnownAgent.Status.REFUSED, "It has another key."));
    Path file = folder.resolve("agents.json");

    assertThat(cli.execute("discover --wait-ms 0 --port 5000 --json " + file)).isEqualTo(0);
    assertThat(cli.out)
        .contains("pi-1", "127.0.0.1:4001", "ready", "CPU 0.35, 1000 Mbit/s", "another key");
    assertThat(cli.services.settings.orElseThrow().discoveryPort()).isEqualTo(5000);
    assertThat(json(file).at("/1/status").asText()).isEqualTo("refused");
  }

  @Test
  void modelsListsTheCatalogueAndTheLayersOfOne() throws Exception {
    Path file = folder.resolve("models.json");

    assertThat(cli.execute("models --json " + file)).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("vgg16", "138.358", "3×224×224");
    assertThat(json(file).findValuesAsText("model")).contains("vgg11", "vgg19", "alexnet");

    assertThat(cli.execute("models vgg16 --input-size 96")).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("conv5_3", "512×6×6", "conv 3×3, relu");
  }

  @Test
  void clusterStartRunsUntilStandardInputCloses() throws Exception {
    Path file = folder.resolve("cluster.json");
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream reader = new PipedInputStream(writer)) {
      cli.stdin = reader;
      cli.services.onStarted =
          () -> {
            try {
              writer.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          };
      int code =
          cli.execute(
              "cluster start --agents 2 --cpu-share 0.5 --until-stdin-closes --json " + file);
      assertThat(code).isEqualTo(ExitCode.OK);
    }
    assertThat(cli.out)
        .contains("--agents 127.0.0.1:40001,127.0.0.1:40002")
        .contains("--key-file " + folder.resolve(".edgeld").resolve("key"));
    assertThat(json(file).get("agents")).hasSize(2);
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "close");
  }

  @Test
  void clusterStartRunsUntilItIsCancelled() {
    cli.services.onStarted = cli.cancellation::cancel;

    assertThat(cli.execute("cluster start --agents 1")).isEqualTo(ExitCode.OK);
    assertThat(cli.services.spec)
        .isEqualTo(Optional.of(new LocalClusterSpec(1, Emulation.NONE, 1)));
    assertThat(cli.services.calls).endsWith("close");
  }
}
