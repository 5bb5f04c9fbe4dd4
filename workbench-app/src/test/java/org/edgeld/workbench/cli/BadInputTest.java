package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.cluster.ClusterException;
import org.edgeld.workbench.cluster.KnownAgent.Status;
import org.edgeld.workbench.run.RunFailedException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class BadInputTest extends CommandLineFixture {
  private static final String RUN = "run --model alexnet --local 2 --repeats 3";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run --model vgg61 --local 2                                | "vgg61" is not a model
          models alexnett                                            | Maybe "alexnet"
          run --model vgg16 --input-size 3 --local 2                 | The input size (3) is too small
          run --model vgg16 --input-size x --local 2                 | 'x' is not a whole number
          run --model vgg16 --height 96 --local 2                    | --height and --width are for ONNX files
          run --model a.onnx --height 9 --input-size 9 --local 2     | --input-size is both height and width
          run --model a.onnx --height 0 --local 2                    | The height (0)
          run --model missing.onnx --local 2                         | there is no such file
          plan --model vgg16 --board pi4                             | "pi4" is not a board. Maybe
          plan --model vgg16 --board pi4:8 --board pi4:9             | Two boards are named pi4.
          plan --model vgg16 --board pi4:8 --local 2                 | Only one of --board, --local
          plan --model vgg16 --board pi4:8 --cpu-share 0.5           | Maybe say in --board what the board can do
          plan --model vgg16 --board pi4:8 --head pi5                | "pi5" is not a name of these agents. Maybe "pi4"
          validate --model vgg61                                     | "vgg61" is not a model
          validate --devices 0                                       | 0 agents is not possible
          validate --devices 2,17                                    | 17 agents is not possible
          validate --link-mbps 0                                     | --link-mbps 0.0 is not a usable rate
          validate --strategy obcp                                   | Maybe "ocbp"
          validate --cpu-share 10                                    | Maybe it is meant in percent
          validate --repeats 0                                       | needs a model, a number of devices
          simulate --model vgg16                                     | by --gflops or by --board. Maybe --gflops 8.
          simulate --model vgg16 --gflops 8 --board pi4:8            | by --gflops or by --board. Maybe --gflops 8.
          simulate --model vgg16 --gflops 0                          | --gflops 0.0 is not a positive number
          simulate --model vgg16 --gflops 8 --devices 0              | 0 devices are not possible
          simulate --model vgg16 --gflops 8 --devices 2,x            | 'x' is not a whole number
          simulate --model vgg16 --gflops 8 --link-mbps 100,0        | --link-mbps 0.0 is not a positive number
          simulate --model vgg16 --gflops 8 --link-delay-ms -1       | --link-delay-ms -1.0 is not a usable delay
          simulate --model vgg16 --gflops 8 --strategy obcp          | Maybe "ocbp"
          simulate --model vgg16 --gflops 8 --strategy ocbp/pear     | "pear" is not a fusion rule
          simulate --model vgg16 --gflops 8 --fusion between-pool    | Maybe "between-pools"
          simulate --model vgg16 --gflops 8 --routing pear           | Maybe "peer"
          simulate --model vgg16 --gflops 8 --csv missing/x.csv      | the folder does not exist
          simulate --model vgg16 --gflops 8 --local 2                | "--local" is not an option
          plan --model missing.ONNX --local 2                        | there is no such file
          models missing.onnx                                        | there is no such file
          run --model vgg16 --local 2 --strategy obcp                | Maybe "ocbp"
          run --model vgg16 --local 2 --option rows                  | --option rows is not a name and a value
          run --model vgg16 --local 2 --option a=1 --option a=2      | --option a is given twice
          run --model vgg16 --local 2 --option rows=1                | The strategy ocbp has no options, but rows was given
          plan --model vgg16 --local 2 --strategy all --option a=1   | "a" is not
          plan --model vgg16 --local 2 --scheme edgeld --option a=1  | The strategy ocbp-paper has no options
          run --model vgg16 --local 2 --fusion between-pool          | Maybe "between-pools"
          run --model vgg16 --local 2 --fusion 0                     | The fusion depth (0)
          run --model vgg16 --local 2 --routing pear                 | Maybe "peer"
          run --model vgg16 --local 2 --head-role boss               | "boss" is not a head role
          run --model vgg16 --local 2 --strategy all                 | only one can run. Maybe: plan --strategy all
          plan --model vgg16 --local 2 --strategy all --refine 1     | Maybe name one strategy
          plan --model vgg16 --local 2 --refine -1                   | --refine -1 is not possible
          plan --model vgg16 --board pi4:8 --refine 1                | Maybe add --local or --agents
          simulate --model vgg16 --gflops 8 --strategy equal --option rows=1 | None of these strategies has options
          simulate --model vgg16 --gflops 8 --strategy manual --option row=1 | Maybe "rows"
          simulate --model vgg16 --gflops 8 --strategy manual --option rows= | The option rows of manual () is empty
          plan --model vgg16 --local 2 --strategy all --scheme modnn | --strategy all contradicts --scheme modnn
          run --model vgg16 --local 2 --scheme modn                  | Maybe "modnn"
          run --model vgg16 --local 2 --scheme edgeld --strategy bodp| --strategy bodp contradicts --scheme edgeld
          run --model vgg16 --local 2 --scheme modnn --fusion 2      | --fusion 2 contradicts --scheme modnn
          run --model vgg16 --local 2 --scheme modnn --routing peer  | --routing peer contradicts --scheme modnn
          run --model vgg16 --local 2 --scheme edgeld --head-role worker | --head-role worker contradicts
          run --model vgg16                                          | No cluster was chosen
          run --local 2                                              | Missing required option: '--model
          run --model vgg16 --local 2 --discover 2                   | Only one of --local, --discover
          run --model vgg16 --local 0                                | A local cluster of 0 agents
          run --model vgg16 --local 99                               | A local cluster of 99 agents
          run --model vgg16 --local 2 --cpu-share 35                 | The CPU share (35.0)
          run --model vgg16 --local 2 --cpu-share half                | 'half' is not a number
          run --model vgg16 --local 2 --threads 100000               | An agent with 100000 threads is not possible. Maybe use 1 to 256.
          run --model vgg16 --local 2 --threads 2 --cpu-share 0.3    | 2 threads contradict the CPU share (0.3)
          run --model vgg16 --local 2 --cpu-share NaN                | The CPU share (NaN)
          run --model vgg16 --local 2 --link-mbps -1                 | --link-mbps -1.0 is not a positive number
          run --model vgg16 --local 2 --cpu-share 0.2,0.1,0.1        | --cpu-share has 3 values for 2 agents. Maybe leave some out
          run --model vgg16 --local 2 --link-mbps 100,0              | --link-mbps 0.0 is not a positive number
          plan --model vgg16 --board 2xpi4:8 --link-mbps 100,10      | Boards that are typed in have one --link-mbps, not 2
          run --model vgg16 --discover 2 --link-mbps 100             | only apply to agents started with --local
          run --model vgg16 --discover 0                             | Looking for 0 agents
          run --model vgg16 --agents localhost                       | "localhost" is not an agent's address
          run --model vgg16 --agents a:1,a:1                         | The agent a:1 is named twice
          run --model vgg16 --agents a:1 --discovery-port 70000      | The discovery port (70000)
          run --model vgg16 --agents a:1 --key-file missing.key      | The key file missing.key does not exist. Maybe
          discover --key-file missing.key                            | The key file missing.key does not exist. Maybe
          run --model vgg16 --local 2 --repeats 0                    | 0 measured frames are impossible
          run --model vgg16 --local 2 --frames 0                     | A batch of 0 frames is impossible. Maybe use 1 frame.
          run --model vgg16 --local 2 --in-flight 2                  | 2 of 1 frames cannot be in flight at one time. Maybe use 1 in flight, or more frames.
          run --model vgg16 --local 2 --frames 90 --in-flight 65     | 65 of 90 frames cannot be in flight at one time. Maybe use 64 in flight.
          run --model vgg16 --local 2 --frames many                  | '--frames': 'many' is not a whole number
          run --model vgg16 --local 2 --image a.png --input b.npy    | Only one of --image and --input
          run --model vgg16 --local 2 --image missing.png            | there is no such file
          run --model vgg16 --local 2 --input missing.npy            | there is no such file
          run --model vgg16 --local 2 --csv missing/x.csv            | Cannot write missing/x.csv: the folder does not exist
          run --model vgg16 --local 2 --csv x --json x               | named for two results
          plan --model vgg16 --local 2 --json missing/x.json         | the folder does not exist
          profile --model vgg16 --local 2 --json missing/x.json      | the folder does not exist
          cluster start --agents 2 --json missing/x.json             | the folder does not exist
          discover --json missing/x.json                             | the folder does not exist
          cluster start --agents none                                | 'none' is not a whole number
          cluster                                                    | Maybe: cluster start
          models --input-size 96                                     | --input-size needs a model
          models --height 96                                         | --height and --width need an ONNX file
          models vgg16 --width 96                                    | --height and --width are for ONNX files
          discover --wait-ms -1                                      | --wait-ms -1 is negative
          rnu --model vgg16                                          | "rnu" is not a command of workbench. Maybe "run".
          run --modle vgg16                                          | Maybe "--model".
          run --model vgg16 --local 2 --repeat 3                     | "--repeat" is not an option of workbench run. Maybe "--repeats".
          """)
  void aRequestThatCannotBeMetIsRefusedInOneSentence(String command, String words) {
    cli.refuses(command.strip(), words.strip());
  }

  @Test
  void anImageThatIsNoneIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("cat.png"), "not a cat");

    cli.refuses(RUN + " --image " + file, "cat.png is not a picture");
  }

  @Test
  void anInputOfAnotherShapeIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("x.f32"), new byte[12]);

    cli.refuses(RUN + " --input " + file, "has 12 bytes", "3×224×224");
  }

  @Test
  void aReadOnlyPlaceIsRefusedBeforeAnythingStarts() {
    cli.refuses(RUN + " --csv " + folder, "it is a folder");
  }

  @Test
  void verboseAddsTheStackTraceAndNothingElseDoes() {
    assertThat(cli.execute("run --model vgg16 --local 99 --verbose")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err)
        .startsWith("A local cluster of 99 agents")
        .contains("BadInputException", "\tat ");

    assertThat(cli.execute("--verbose run --modle x")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("\tat ");
  }

  @Test
  void aPlanThatCannotBeMadeIsRefusedAndAgentsAreReleased() {
    assertThat(cli.execute("plan --model alexnet --local 1 --strategy remote"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err.lines().reduce((a, b) -> b).orElseThrow()).contains("Maybe");
    assertThat(cli.err).doesNotContain("\tat ");
    assertThat(cli.services.calls).endsWith("close");
  }

  @Test
  void anUnknownHeadIsRefusedWithTheAgentsNames() {
    assertThat(cli.execute(RUN + " --head local-9")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("\"local-9\" is not a name of these agents", "local-1, local-2");
    assertThat(cli.services.calls).containsExactly("open", "startLocal", "close");
  }

  @Test
  void aHeadThatCouldBeSeveralAgentsIsRefused() {
    cli.services.discoverable.add(FakeServices.ready("pi", 1));
    cli.services.discoverable.add(FakeServices.ready("pi", 2));

    assertThat(cli.execute("run --model alexnet --discover 2 --head pi"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(cli.err).contains("The head \"pi\" could be several of these agents. Maybe");
    assertThat(cli.services.runs).isEmpty();
  }

  @Test
  void anAgentThatCannotBeReachedFailsTheCommand() {
    cli.services.refusal =
        Optional.of(
            new ClusterException("Nothing answers at 10.0.0.2:40001. Maybe the agent is off."));

    assertThat(cli.execute("run --model alexnet --agents 10.0.0.2:40001"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).endsWith("Nothing answers at 10.0.0.2:40001. Maybe the agent is off.\n");
    assertThat(cli.services.calls).containsExactly("open", "add 10.0.0.2:40001", "close");
  }

  @Test
  void aPortInUseFailsTheCommand() {
    cli.services.refusal =
        Optional.of(
            new ClusterException("The port 40001 is in use. Maybe another agent runs here."));

    assertThat(cli.execute("cluster start --agents 2")).isEqualTo(ExitCode.FAILED);
    cli.saysOneSentence("The port 40001 is in use");
  }

  @Test
  void tooFewAgentsAreNamedTogetherWithThoseThatRefuse() {
    cli.services.discoverable.add(FakeServices.ready("pi-1", 1));
    cli.services.discoverable.add(
        FakeServices.agent("pi-2", 2, Status.REFUSED, "It has another key."));

    assertThat(cli.execute("run --model alexnet --discover 4 --wait-ms 0"))
        .isEqualTo(ExitCode.FAILED);
    assertThat(cli.err)
        .contains("Found 1 of 4 agents: pi-1; pi-2 cannot be used: It has another key. Maybe");
    assertThat(cli.services.calls).containsExactly("open", "discover", "close");
  }

  @Test
  void findingNoAgentFailsDiscovery() {
    assertThat(cli.execute("discover --wait-ms 0")).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).contains("No agent answered on UDP port");
    assertThat(cli.out).isEmpty();
  }

  @Test
  void aRunThatBreaksOffSaysWhereAndReleasesTheAgents() {
    cli.services.runFailure =
        Optional.of(new RunFailedException("local-2 died at conv3. Maybe its memory is full."));

    assertThat(cli.execute(RUN)).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).endsWith("local-2 died at conv3. Maybe its memory is full.\n");
    assertThat(cli.services.calls).endsWith("run", "close");
  }

  @Test
  void aDefectIsOneSentenceToo() {
    cli.services.onRun =
        () -> {
          throw new IllegalStateException("first\nsecond");
        };

    assertThat(cli.execute(RUN)).isEqualTo(ExitCode.FAILED);
    assertThat(cli.err).contains("failed unexpectedly", "first second").doesNotContain("\tat ");
    assertThat(cli.services.calls).endsWith("close");
  }
}
