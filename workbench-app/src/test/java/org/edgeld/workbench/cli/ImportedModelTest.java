package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.workbench.onnx.NetworkFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An ONNX file does wherever the name of a model does. */
@Tag("core")
class ImportedModelTest extends CommandLineFixture {
  private Path classifier(long height, long width) throws Exception {
    NetworkFile net = new NetworkFile(13);
    String x = net.convNormRelu(net.input(1, 3, height, width), 3, 8, 3, 1, 1);
    net.classifier(net.convNormRelu(x, 8, 8, 3, 2, 1), 8, 10);
    return net.write(folder.resolve("mine.onnx"));
  }

  @Test
  void anImportedModelIsListedPlannedProfiledAndRun() throws Exception {
    Path file = classifier(32, 24);
    Path plan = folder.resolve("plan.json");

    assertThat(cli.execute("models " + file)).as(cli.err).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("mine, input 3×32×24").contains("conv 3×3, relu");
    assertThat(cli.execute("profile --local 2 --model " + file)).isEqualTo(ExitCode.OK);
    assertThat(cli.execute("plan --local 2 --json %s --model %s".formatted(plan, file)))
        .isEqualTo(ExitCode.OK);
    assertThat(Files.readString(plan)).contains("mine");
    assertThat(cli.execute("run --local 2 --repeats 2 --model " + file)).isEqualTo(ExitCode.OK);
    assertThat(folder.resolve(".edgeld").resolve("cache")).isNotEmptyDirectory();
  }

  @Test
  void anOpenSizeIsGivenOnTheCommandLine() throws Exception {
    Path file = classifier(-2, -3);

    cli.refuses("plan --local 2 --model " + file, "height", "Maybe choose an input size");
    assertThat(cli.execute("models %s --input-size 20".formatted(file))).isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("input 3×20×20");
    assertThat(cli.execute("models %s --height 40 --width 30".formatted(file)))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
    assertThat(cli.out).contains("input 3×40×30");
    assertThat(cli.execute("plan --local 2 --height 40 --width 30 --model " + file))
        .as(cli.err)
        .isEqualTo(ExitCode.OK);
  }

  @Test
  void anUnsupportedModelIsRefusedBeforeAnythingStarts() throws Exception {
    NetworkFile net = new NetworkFile(13);
    net.output(net.add("Sinh", List.of(net.conv(net.input(1, 3, 8, 8), 3, 4, 3, 1, 1))));
    Path file = net.write(folder.resolve("odd.onnx"));

    cli.refuses("run --local 2 --model " + file, "odd cannot be imported", "Sinh (Sinh_sinh.");
    assertThat(folder.resolve(".edgeld").resolve("cache")).doesNotExist();
  }
}
