package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class TrialLogTest {
  private static final SweepSpec SPEC =
      Specs.sweep(List.of(2, 3), List.of(10.0, 100.0), List.of("ocbp", "equal"), 3, 5);

  @TempDir Path path;
  private SweepFolder folder;

  @BeforeEach
  void create() throws Exception {
    folder = new SweepFolder(path.resolve("sweep"));
    folder.create(SPEC);
  }

  private void write(List<TrialRecord> records) throws Exception {
    try (TrialLog log = folder.openTrials(SPEC)) {
      for (TrialRecord record : records) {
        log.append(record);
      }
    }
  }

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 1);
    write(records);
    assertThat(folder.readTrials(SPEC)).isEqualTo(records);
  }

  @Test
  void linesThatDoNotSayWhetherDevicesWereEmulatedFollowTheSpecification() throws Exception {
    write(Specs.records(SPEC, 1));
    String whole = Files.readString(folder.trials());
    assertThat(whole).contains(",\"emulated\":true");
    Files.writeString(folder.trials(), whole.replace(",\"emulated\":true", ""));
    assertThat(folder.readTrials(SPEC)).isEqualTo(Specs.records(SPEC, 1));
    Files.writeString(folder.trials(), whole.replace("\"emulated\":true", "\"emulated\":false"));
    assertThat(folder.readTrials(SPEC))
        .noneMatch(record -> record.outcome() instanceof TrialRecord.Measured m && m.emulated());
  }

  /** As if the process had been killed, or the disk been full, after any byte. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aFileCutOffAnywhereLosesOnlyTheTrialUnderWayAndGoesOn(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrialRecord> records = Specs.records(SPEC, seed);
    write(records);
    byte[] whole = Files.readAllBytes(folder.trials());
    for (int i = 0; i < 60; i++) {
      int cut = i == 0 ? 0 : i == 1 ? whole.length - 1 : random.nextInt(whole.length);
      byte[] torn = Arrays.copyOf(whole, cut);
      Files.write(folder.trials(), torn);
      int lines = 0;
      for (byte b : torn) {
        lines += b == '\n' ? 1 : 0;
      }
      assertThat(folder.readTrials(SPEC)).isEqualTo(records.subList(0, lines));
      assertThat(Files.readAllBytes(folder.trials())).as("reading changes nothing").isEqualTo(torn);
      write(records.subList(lines, records.size()));
      assertThat(Files.readAllBytes(folder.trials())).isEqualTo(whole);
    }
  }

  @Test
  void linesThatDoNotSayHowSlicesTravelledWereFloat32() throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 1);
    write(records);
    String whole = Files.readString(folder.trials());
    assertThat(whole).contains(",\"precision\":\"float32\"");
    Files.writeString(folder.trials(), whole.replace(",\"precision\":\"float32\"", ""));
    assertThat(folder.readTrials(SPEC)).isEqualTo(records);
    Files.writeString(folder.trials(), whole.replace("\"float32\"", "\"int8\""));
    assertThatThrownBy(() -> folder.readTrials(SPEC))
        .hasMessageContaining("precision (int8) is not what the trial");
  }

  @Test
  void linesThatDoNotSayWhetherStripsWereCutHadWholeOnes() throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 1);
    write(records);
    String whole = Files.readString(folder.trials());
    assertThat(whole).contains(",\"overlap\":\"off\"");
    Files.writeString(folder.trials(), whole.replace(",\"overlap\":\"off\"", ""));
    assertThat(folder.readTrials(SPEC)).isEqualTo(records);
    Files.writeString(folder.trials(), whole.replace("\"off\"", "\"auto\""));
    assertThatThrownBy(() -> folder.readTrials(SPEC))
        .hasMessageContaining("overlap (auto) is not what the trial");
  }

  @Test
  void aDamagedLineInTheMiddleIsNamedAndNothingIsChanged() throws Exception {
    write(Specs.records(SPEC, 2));
    String whole = Files.readString(folder.trials());
    String damaged = whole.replaceFirst("\n\\{", "\n(");
    Files.writeString(folder.trials(), damaged);
    assertThatThrownBy(() -> folder.openTrials(SPEC))
        .isInstanceOf(SweepFolderException.class)
        .hasMessageStartingWith("Line 2 of " + folder.trials() + " is no JSON");
    assertThat(Files.readString(folder.trials())).isEqualTo(damaged);
  }

  @Test
  void aTrialThatIsThereTwiceOrOfAnotherSweepIsRefused() throws Exception {
    write(Specs.records(SPEC, 2));
    String whole = Files.readString(folder.trials());
    Files.writeString(folder.trials(), whole + whole);
    assertThatThrownBy(() -> folder.readTrials(SPEC))
        .hasMessageContaining("is the second of trial");
    SweepSpec smaller = Specs.sweep(List.of(2), List.of(10.0), List.of("ocbp"), 1, 5);
    Files.writeString(folder.trials(), whole);
    assertThatThrownBy(() -> folder.readTrials(smaller))
        .hasMessageContaining("is none of this sweep");
  }

  @Test
  void onlyOneWorkbenchMeasuresIntoAFolder() throws Exception {
    try (SweepFolder.Held held = folder.hold()) {
      assertThat(held.lock().isValid()).isTrue();
      assertThatThrownBy(folder::hold).hasMessageContaining("is under way");
    }
    folder.hold().close();
  }

  @Test
  void aFolderWithSomethingInItIsNotTaken() {
    assertThatThrownBy(() -> folder.create(SPEC))
        .hasMessageContaining("holds a sweep already")
        .hasMessageContaining("sweep --resume");
  }

  @Test
  void aFolderWithWhatAKilledWorkbenchLeftIsTaken() throws Exception {
    Path killed = Files.createDirectories(path.resolve("killed"));
    Files.createFile(killed.resolve(".spec.json.0815.part"));
    Files.createFile(killed.resolve(".lock"));
    new SweepFolder(killed).create(SPEC);
    assertThat(new SweepFolder(killed).spec()).exists();
    Path other = Files.createDirectories(path.resolve("other"));
    Files.createFile(other.resolve(".notes"));
    assertThatThrownBy(() -> new SweepFolder(other).create(SPEC))
        .hasMessageContaining("is not empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"frames\":1           | \"frames\":4",
        "\"inFlight\":1         | \"inFlight\":4",
        "\"linkDelayMs\":0.0    | \"linkDelayMs\":5.0",
        "\"memoryMb\":0.0       | \"memoryMb\":250.0",
        "\"agents\":[]          | \"agents\":[\"a:1\"]",
        "\"strategy\":\"equal\" | \"strategy\":\"pico\"",
        "\"options\":{}         | \"options\":{\"pairs\":\"on\"}",
        "\"fusion\":\"layer\"   | \"fusion\":\"between-pools\"",
        "\"routing\":\"peer\"   | \"routing\":\"head\"",
        "\"headRole\":\"worker\" | \"headRole\":\"leader\"",
        "\"poolsOnHead\":false  | \"poolsOnHead\":true",
        "\"overlap\":\"off\"    | \"overlap\":\"on\""
      })
  void aTrialThatMeasuredAnotherThingUnderTheSameNameIsRefused(String said, String other)
      throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 1);
    write(records);
    String whole = Files.readString(folder.trials());
    assertThat(whole).contains(said + ",");
    Files.writeString(folder.trials(), whole.replace(said, other));
    String field = said.substring(1, said.indexOf(':') - 1);
    assertThatThrownBy(() -> folder.readTrials(SPEC))
        .isInstanceOf(SweepFolderException.class)
        .hasMessageContaining(field + " (")
        .hasMessageContaining("is not what the trial")
        .hasMessageContaining("spec.json was changed");
    Files.writeString(folder.trials(), whole.replace(said + ",", ""));
    assertThat(folder.readTrials(SPEC)).as("earlier versions did not say").isEqualTo(records);
  }

  @Test
  void aTrialOfAnotherConfigurationIsRefused() throws Exception {
    write(Specs.records(SPEC, 1));
    SweepSpec other =
        Specs.sweep(List.of(3, 2), List.of(10.0, 100.0), List.of("ocbp", "equal"), 3, 5);
    assertThatThrownBy(() -> folder.readTrials(other))
        .isInstanceOf(SweepFolderException.class)
        .hasMessageContaining("devices (")
        .hasMessageContaining("spec.json was changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"latencyMs\":\\[[^]]*] | \"latencyMs\":[] | do not belong together",
        "\"batchMs\":\\[[^]]*]   | \"batchMs\":[]   | do not belong together",
        "\"plan\":               | \"plon\":        | plan",
        "\"devices\":\\[\\{.*}]   | \"devices\":[]   | devices (0) are not the"
      })
  void aLineWithoutSamplesOrDevicesIsRefused(String found, String edited, String sentence)
      throws Exception {
    write(Specs.records(SPEC, 2));
    String text = Files.readString(folder.trials());
    String damaged = text.replaceFirst(found, edited);
    assertThat(damaged).isNotEqualTo(text);
    Files.writeString(folder.trials(), damaged);
    assertThatThrownBy(() -> folder.readTrials(SPEC))
        .isInstanceOf(SweepFolderException.class)
        .hasMessageContaining(folder.trials().toString())
        .hasMessageContaining(sentence);
  }

  @Test
  void failedTrialsAreForgottenAndTheOthersKept() throws Exception {
    List<TrialRecord> records = Specs.records(SPEC, 3);
    write(records);
    List<TrialRecord> kept =
        records.stream().filter(r -> !(r.outcome() instanceof TrialRecord.Failed)).toList();
    assertThat(kept).hasSizeLessThan(records.size());
    assertThat(folder.forgetFailed(SPEC)).isEqualTo(records.size() - kept.size());
    assertThat(folder.readTrials(SPEC)).isEqualTo(kept);
    assertThat(folder.forgetFailed(SPEC)).isZero();
  }
}
