package org.edgeld.workbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class CompareCommandTest {
  private static final double NOISE = 0.01;
  private static final int CONFIGURATIONS = 4;

  @TempDir Path folder;
  private CliHarness cli;
  private Path before;

  /** Changes a measured trial. */
  @FunctionalInterface
  private interface Edit {
    void apply(ObjectNode measured);
  }

  @BeforeEach
  void sweep() throws IOException {
    cli = new CliHarness(folder);
    Path spec = folder.resolve("spec.json");
    Files.writeString(
        spec,
        """
        {"models": ["fashion"], "devices": [2, 3], "cpuShares": [0.2], "linkMbps": [100],
         "strategies": ["ocbp", "equal"], "repeats": 3, "rounds": 3}
        """);
    before = folder.resolve("before");
    assertThat(cli.execute("sweep " + spec + " --out " + before)).as(cli.err).isZero();
    rewrite(before, 1, measured -> {});
  }

  /** Replaces the trials of a sweep by some with the noise of a real computer. */
  private static void rewrite(Path sweep, long seed, Edit edit) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    SplittableRandom random = new SplittableRandom(seed);
    Path file = sweep.resolve("trials.jsonl");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode trial = mapper.readTree(line);
      ObjectNode measured = (ObjectNode) trial.get("measured");
      double noise = 1 + NOISE * (2 * random.nextDouble() - 1);
      for (String what : List.of("plan", "local", "remote")) {
        scale(measured, what, noise);
      }
      edit.apply(measured);
      lines.add(mapper.writeValueAsString(trial));
    }
    Files.write(file, lines);
  }

  private static void scale(ObjectNode measured, String what, double factor) {
    JsonNode samples = measured.path("samples").path(what);
    for (String times : List.of("latencyMs", "batchMs")) {
      if (samples.get(times) instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, array.numberNode(factor * array.get(i).asDouble()));
        }
      }
    }
  }

  /** Returns what is printed of a sweep that is another one in this way. */
  private String compared(Edit edit) throws IOException {
    Path after = folder.resolve("after");
    Files.createDirectories(after);
    for (String name : List.of("spec.json", "trials.jsonl", "environment.json")) {
      Files.copy(before.resolve(name), after.resolve(name));
    }
    rewrite(after, 2, edit);
    assertThat(cli.execute("compare " + before + " " + after)).as(cli.err).isEqualTo(ExitCode.OK);
    return cli.out;
  }

  private static long rows(String out, String end) {
    return out.lines().filter(line -> line.strip().endsWith(end)).count();
  }

  @Test
  void aComputerThatIsSlowerAsAWholeMakesNoConfigurationSlower() throws Exception {
    String out =
        compared(
            measured -> {
              scale(measured, "plan", 1.08);
              scale(measured, "local", 1.08);
              scale(measured, "remote", 1.08);
            });
    assertThat(rows(out, "within noise")).as(out).isEqualTo(CONFIGURATIONS);
    assertThat(out)
        .containsPattern("\\+[789]\\.\\d % +\\+[78]\\.\\d % to \\+[89]\\.\\d % +\\+[78]\\.\\d %")
        .contains("the head alone may and the noise floor (");
  }

  @Test
  void aPlanThatIsSlowerOnTheSameComputerIsSaidToBe() throws Exception {
    String out = compared(measured -> scale(measured, "plan", 1.08));
    assertThat(rows(out, "slower")).as(out).isEqualTo(CONFIGURATIONS);
    assertThat(out).doesNotContain("another plan", "not measured alike");
  }

  @Test
  void withoutTheHeadAloneNobodyKnowsHowTheComputerChanged() throws Exception {
    String out =
        compared(
            measured -> {
              scale(measured, "plan", 1.5);
              ((ObjectNode) measured.get("samples")).remove("local");
            });
    assertThat(rows(out, "noise floor unknown")).as(out).isEqualTo(CONFIGURATIONS);
  }

  @Test
  void wrongOutputsAndOtherNetworksAreNotCompared() throws Exception {
    String out =
        compared(
            measured -> {
              scale(measured, "plan", 0.5);
              measured.put("outputAgrees", measured.get("devices").size() != 2);
            });
    assertThat(rows(out, "not compared: WRONG OUTPUT")).as(out).isEqualTo(2);
    assertThat(rows(out, "faster")).as(out).isEqualTo(2);
    Path environment = folder.resolve("after/environment.json");
    String text = Files.readString(environment);
    Files.writeString(
        environment, text.replaceFirst("(\"weightsSha256\" *: *\")[0-9a-f]{4}", "$10000"));
    cli.execute("compare " + before + " " + folder.resolve("after"));
    assertThat(rows(cli.out, "not compared: another network of the same name")).isEqualTo(2);
  }

  @Test
  void otherPlansAndOtherComputersAreSaid() throws Exception {
    String out =
        compared(
            measured -> {
              scale(measured, "plan", 0.5);
              measured.put("programsSha256", "new");
            });
    assertThat(rows(out, "faster, another plan")).as(out).isEqualTo(CONFIGURATIONS);
    Path environment = folder.resolve("after/environment.json");
    String text = Files.readString(environment);
    Files.writeString(
        environment, text.replaceFirst("\"processor\" *: *\"[^\"]*\"", "\"processor\": \"Other\""));
    cli.execute("compare " + before + " " + folder.resolve("after"));
    assertThat(cli.out)
        .containsPattern("The sweeps were not measured alike: .*processor \\(.*Other");
  }
}
