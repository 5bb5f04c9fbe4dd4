package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.edgeld.workbench.experiment.TrialRecord.Measured;
import org.edgeld.workbench.experiment.paper.SweepPages;
import org.edgeld.workbench.experiment.report.SweepRecordings;
import org.edgeld.workbench.experiment.report.SweepReport;
import org.edgeld.workbench.experiment.report.SweepSummary;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders as earlier versions wrote them: today's without the fields that came later. They must
 * load, be rendered and be gone on with.
 */
@Tag("core")
class OlderFolderTest {
  /** Fields of a specification that the first version did not have, at any depth. */
  private static final Set<String> LATER_IN_SPECS =
      Set.of("overlap", "precision", "memoryMb", "noiseFloor", "convolutions", "batches");

  /** Fields of trials that the first version did not have, at any depth. */
  private static final Set<String> LATER_IN_TRIALS =
      Set.of(
          "linkDelayMs",
          "memoryMb",
          "agents",
          "frames",
          "inFlight",
          "strategy",
          "options",
          "fusion",
          "poolsOnHead",
          "routing",
          "headRole",
          "overlap",
          "precision",
          "emulated",
          "accuracy");

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path home;

  private final SweepSpec spec =
      Specs.sweep(List.of(2, 3), List.of(10.0, 100.0), List.of("ocbp", "equal"), 2, 5);
  private SweepFolder folder;

  @BeforeEach
  void write() throws Exception {
    folder = new SweepFolder(home.resolve("sweep"));
    folder.create(spec);
    TrialLog.write(folder.trials(), Specs.records(spec, 5));
    strip(folder.spec(), LATER_IN_SPECS);
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.trials())) {
      JsonNode json = MAPPER.readTree(line);
      remove(json, LATER_IN_TRIALS);
      lines.add(json.toString());
    }
    Files.writeString(folder.trials(), String.join("\n", lines) + "\n");
  }

  private static void strip(Path file, Set<String> fields) throws Exception {
    JsonNode json = MAPPER.readTree(file.toFile());
    remove(json, fields);
    Files.writeString(file, json.toString());
  }

  private static void remove(JsonNode json, Set<String> fields) {
    if (json instanceof ObjectNode object) {
      object.remove(fields);
    }
    json.forEach(child -> remove(child, fields));
  }

  private static List<Object> allButTheLabel(Configuration c) {
    return List.of(c.number(), c.network(), c.boards(), c.devices(), c.method(), c.batch());
  }

  @Test
  void theSpecificationMeansTheSame() throws Exception {
    SweepSpec read = folder.readSpec(Specs.reader(home));
    // methods have shorter names today
    assertThat(read.grids().get(0).methods())
        .extracting(NamedMethod::label)
        .containsExactly("ocbp", "equal");
    assertThat(read.configurations())
        .extracting(OlderFolderTest::allButTheLabel)
        .isEqualTo(spec.configurations().stream().map(OlderFolderTest::allButTheLabel).toList());
    assertThat(read.procedure()).isEqualTo(spec.procedure());
    assertThat(read.noiseFloor()).isTrue();
  }

  @Test
  void trialsKeepTheirFiguresAndAreRendered() throws Exception {
    SweepSummary summary = SweepReport.read(folder, Specs.reader(home));
    assertThat(summary.records()).hasSize(Specs.records(spec, 5).size());
    for (int i = 0; i < summary.records().size(); i++) {
      TrialRecord now = Specs.records(spec, 5).get(i);
      TrialRecord read = summary.records().get(i);
      assertThat(read.trial().id()).isEqualTo(now.trial().id());
      if (now.outcome() instanceof Measured measured) {
        Measured old = (Measured) read.outcome();
        assertThat(old.samples()).isEqualTo(measured.samples());
        assertThat(old.accuracy()).isEmpty();
        assertThat(old.emulated()).as("as the specification says").isTrue();
      }
    }
    assertThat(SweepPages.write(folder, summary, SweepRecordings.of(folder))).isEmpty();
    assertThat(SweepReport.page(folder)).content().contains("Configurations");
  }

  @Test
  void whatIsMissingIsMeasuredInIt() throws Exception {
    List<String> lines = Files.readAllLines(folder.trials());
    Files.writeString(folder.trials(), String.join("\n", lines.subList(0, 3)) + "\n");
    SweepSpec read = folder.readSpec(Specs.reader(home));
    int all = Specs.records(spec, 5).size();
    assertThat(Sweep.missing(read, folder.readTrials(read))).hasSize(all - 3);
    try (TrialLog log = folder.openTrials(read)) {
      TrialRecord next = Specs.records(spec, 5).get(3);
      log.append(
          new TrialRecord(
              Sweep.missing(read, log.records()).get(0),
              next.started(),
              next.seconds(),
              next.session(),
              next.outcome()));
    }
    assertThat(folder.readTrials(read)).hasSize(4);
  }
}
