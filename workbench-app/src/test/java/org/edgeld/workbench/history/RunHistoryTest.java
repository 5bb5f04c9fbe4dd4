package org.edgeld.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fixture.KeptRuns;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.json.JsonTree;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.RunCsv;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.run.RunResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class RunHistoryTest {
  private static final int KILLS = 5;

  @TempDir Path home;

  private Path folder() {
    return home.resolve("history");
  }

  /** What another window would have: nothing read yet. */
  private RunHistory open() {
    return new RunHistory(folder(), Clock.systemUTC());
  }

  private RunLoader loader(RunHistory history) {
    return new RunLoader(
        history,
        SampleModels.all(),
        new OnnxImporter(home.resolve("weights")),
        DefaultPlanner.load());
  }

  @Test
  void anEmptyHistoryListsNothingAndMakesNoFolder() throws Exception {
    assertThat(open().list()).isEqualTo(HistoryList.EMPTY);
    assertThat(folder()).doesNotExist();
  }

  @Test
  void runsAreListedByAnotherWindowTheNewestFirst() throws Exception {
    open().keep(KeptRuns.of(2));
    KeptRun second = KeptRuns.of(3, Routing.HEAD, new Batch(4, 2));
    assertThat(open().keep(second)).isEqualTo(2);

    HistoryList list = open().list();
    assertThat(list.problems()).isEmpty();
    assertThat(list.items()).extracting(HistoryItem::number).containsExactly(2, 1);
    assertThat(list.items().get(0).head()).isEqualTo(RunHead.of(second));
    assertThat(list.items().get(0).head().setting()).endsWith("3 devices");
    assertThat(list.items().get(0).notes()).isEqualTo(RunNotes.NONE);
  }

  @Test
  void aLoadedRunIsTheRunThatWasKept() throws Exception {
    KeptRun kept = KeptRuns.of(3, Routing.PEER, new Batch(4, 2));
    int number = open().keep(kept);

    LoadedRun loaded = loader(open()).load(number, JobMonitor.SILENT);
    RunResult then = kept.report().result();
    RunResult now = loaded.report().result();
    assertThat(now.planned().plan()).isEqualTo(then.planned().plan());
    assertThat(now.planned().programs()).isEqualTo(then.planned().programs());
    assertThat(now.planned().prediction().latencyNanos())
        .isEqualTo(then.planned().prediction().latencyNanos());
    assertThat(Set.copyOf(now.planned().prediction().spans()))
        .isEqualTo(Set.copyOf(then.planned().prediction().spans()));
    assertThat(now.planned().nanosPerFrame()).isEqualTo(then.planned().nanosPerFrame());
    assertThat(now.planned().bounds()).isEqualTo(then.planned().bounds());
    assertThat(now.planned().memoryBytes()).isEqualTo(then.planned().memoryBytes());
    assertThat(now.planned().frameBytes()).isEqualTo(then.planned().frameBytes());
    assertThat(Set.copyOf(now.medianTrace().spans()))
        .isEqualTo(Set.copyOf(then.medianTrace().spans()));
    assertThat(now.frames()).isEqualTo(then.frames());
    assertThat(now.batches()).isEqualTo(then.batches());
    assertThat(now.latency()).isEqualTo(then.latency());
    assertThat(now.baselineRemote()).isEqualTo(then.baselineRemote());
    assertThat(now.remoteDevice()).isEqualTo(then.remoteDevice());
    assertThat(now.top5()).isEqualTo(then.top5());
    assertThat(now.warnings()).isEqualTo(then.warnings());
    assertThat(now.environment()).containsAllEntriesOf(then.environment()).containsKey("processor");
    assertThat(loaded.report().details()).isEqualTo(kept.report().details());
    assertThat(loaded.outputs()).hasSize(1);
    assertThat(RunCsv.format(List.of(loaded.report())))
        .isEqualTo(RunCsv.format(List.of(kept.report())));
  }

  @Test
  void runsKeptBeforeOverlapAndPrecisionCouldBeChosenAreOpened() throws Exception {
    KeptRun kept = KeptRuns.of(2);
    RunFiles files = open().files(open().keep(kept));
    ObjectNode head = JsonTree.read(files.head());
    head.remove(List.of("overlap", "precision"));
    JsonFile.write(files.head(), head);
    ObjectNode plan = JsonTree.read(files.plan());
    ((ObjectNode) plan.get("madeBy")).remove("overlap");
    JsonFile.write(files.plan(), plan);

    LoadedRun loaded = loader(open()).load(1, JobMonitor.SILENT);
    assertThat(loaded.item().head()).isEqualTo(RunHead.of(kept));
    assertThat(loaded.report().request().method()).isEqualTo(kept.report().request().method());
  }

  @Test
  void whatAKilledWriterLeftIsRemovedWhenTheNextRunIsKept() throws Exception {
    open().keep(KeptRuns.of(2));
    Path left = Files.createDirectory(folder().resolve(".part-killed"));
    Files.writeString(left.resolve("run.json"), "{");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    Path underWay = Files.createDirectory(folder().resolve(".part-under-way"));
    open().keep(KeptRuns.of(2));
    assertThat(left).doesNotExist();
    assertThat(underWay).exists();
    assertThat(open().list().items()).hasSize(2);
  }

  @Test
  void aRunIsKeptThoughSomethingThatWasLeftCannotBeRemoved() throws Exception {
    Files.createDirectories(folder());
    FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
    List<Path> left = new ArrayList<>();
    for (String name : List.of("a", "m-stays", "z")) {
      Path part = Files.createDirectory(folder().resolve(".part-" + name));
      if (name.endsWith("stays")) {
        // no writer makes a folder inside, so it is not removed
        Files.createFile(Files.createDirectory(part.resolve("inside")).resolve("file"));
      }
      Files.setLastModifiedTime(part, yesterday);
      left.add(part);
    }
    assertThat(open().keep(KeptRuns.of(2))).isEqualTo(1);
    assertThat(left.get(0)).doesNotExist();
    assertThat(left.get(1).resolve("inside").resolve("file")).exists();
    assertThat(left.get(2)).doesNotExist();
  }

  @Test
  void runsThatCannotAllBeDeletedAllStay() throws Exception {
    for (int i = 0; i < 3; i++) {
      open().keep(KeptRuns.of(2));
    }
    Path inTheWay = folder().resolve(".deleted/00002");
    Files.createDirectories(inTheWay);
    Files.writeString(inTheWay.resolve("run.json"), "{");
    assertThatThrownBy(() -> open().delete(List.of(1, 2, 3))).isInstanceOf(IOException.class);
    assertThat(open().list().items()).extracting(HistoryItem::number).containsExactly(3, 2, 1);
  }

  @Test
  void theInputIsThatOfTheRun() throws Exception {
    int onNoise = open().keep(KeptRuns.of(2));
    int onTensor = open().keep(KeptRuns.onTensor(KeptRuns.of(2), KeptRuns.input(99)));
    RunLoader loader = loader(open());
    assertThat(loader.input(loader.load(onNoise, JobMonitor.SILENT)).nhwc())
        .isEqualTo(KeptRuns.input(7).nhwc());
    assertThat(loader.input(loader.load(onTensor, JobMonitor.SILENT)).nhwc())
        .isEqualTo(KeptRuns.input(99).nhwc());
    Files.delete(folder().resolve("00002/input.npy"));
    assertThatThrownBy(() -> loader.input(loader.load(onTensor, JobMonitor.SILENT)))
        .as("noise would be another input")
        .isInstanceOf(HistoryException.class);
  }

  @Test
  void damagedAndNewerRunsAreSaidAndLeftAlone() throws Exception {
    RunHistory history = open();
    for (int i = 0; i < 5; i++) {
      history.keep(KeptRuns.of(2));
    }
    Path cutOff = folder().resolve("00001/run.json");
    Files.writeString(cutOff, Files.readString(cutOff).substring(0, 300));
    ObjectNode newer = JsonTree.read(folder().resolve("00002/run.json"));
    JsonFile.write(folder().resolve("00002/run.json"), newer.put("version", 2));
    Files.delete(folder().resolve("00003/run.json"));
    ObjectNode more = JsonTree.read(folder().resolve("00004/run.json"));
    JsonFile.write(folder().resolve("00004/run.json"), more.put("novelty", "of a later version"));
    Files.writeString(folder().resolve("00005/notes.json"), "{}");
    Files.createDirectory(folder().resolve("something else"));

    HistoryList list = open().list();
    assertThat(list.items()).extracting(HistoryItem::number).containsExactly(5, 4);
    assertThat(list.problems())
        .hasSize(4)
        .allSatisfy(sentence -> assertThat(sentence.lines()).hasSize(1))
        .anySatisfy(sentence -> assertThat(sentence).contains("00001").contains("no JSON"))
        .anySatisfy(sentence -> assertThat(sentence).contains("00002").contains("newer"))
        .anySatisfy(sentence -> assertThat(sentence).contains("00003").contains("no such file"))
        .anySatisfy(sentence -> assertThat(sentence).contains("00005").contains("notes"));
    assertThat(folder().resolve("00001/plan.json")).exists();
    assertThat(open().keep(KeptRuns.of(2))).as("numbers are not used twice").isEqualTo(6);
  }

  @Test
  void aRunWhoseFilesAreDamagedIsListedButNotOpened() throws Exception {
    RunHistory history = open();
    for (String file : List.of("frames.json", "plan.json", "profile.json")) {
      int number = history.keep(KeptRuns.of(2));
      Files.writeString(history.files(number).path().resolve(file), "[]");
      assertThat(history.list().find(number)).isPresent();
      assertThatThrownBy(() -> loader(history).load(number, JobMonitor.SILENT))
          .isInstanceOf(HistoryException.class)
          .hasMessageContaining("Run " + number)
          .hasMessageContaining(file)
          .hasMessageContaining("Maybe");
    }
    assertThatThrownBy(() -> loader(history).load(77, JobMonitor.SILENT))
        .isInstanceOf(HistoryException.class)
        .hasMessageContaining("no run 77");
  }

  @Test
  void aRunIsLoadedAlthoughNotesAndPinAreDamaged() throws Exception {
    RunHistory history = open();
    int number = history.keep(KeptRuns.of(2));
    history.pin(OptionalInt.of(number));
    Files.writeString(folder().resolve("pin.json"), "{");
    Files.writeString(history.files(number).notes(), "{}");
    LoadedRun loaded = loader(open()).load(number, JobMonitor.SILENT);
    assertThat(loaded.item()).isEqualTo(open().list().find(number).orElseThrow());
    assertThat(loaded.item().notes()).isEqualTo(RunNotes.NONE);
    assertThat(loaded.item().pinned()).isFalse();
    assertThat(open().list().problems()).hasSize(2);
  }

  @Test
  void namesTagsAndThePinAreKept() throws Exception {
    RunHistory history = open();
    history.keep(KeptRuns.of(2));
    history.keep(KeptRuns.of(3));
    history.annotate(
        1, notes -> notes.named(" Before ").tagged(List.of("Night", "ocbp ", "night")));
    history.pin(OptionalInt.of(1));

    HistoryItem item = open().list().find(1).orElseThrow();
    assertThat(item.notes()).isEqualTo(new RunNotes("Before", List.of("night", "ocbp")));
    assertThat(item.title()).isEqualTo("Before");
    assertThat(open().list().pinned()).contains(item);
    assertThat(open().item(1)).isEqualTo(item);
    open().pin(OptionalInt.of(2));
    assertThat(history.list().pinned().orElseThrow().number()).isEqualTo(2);
    history.pin(OptionalInt.empty());
    assertThat(history.list().pinned()).isEmpty();
    assertThatThrownBy(() -> history.pin(OptionalInt.of(9))).isInstanceOf(HistoryException.class);
    assertThatThrownBy(() -> new RunNotes("", List.of("a,b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe");
  }

  @Test
  void aDeletedRunComesBackUnderItsNumber() throws Exception {
    RunHistory history = open();
    history.keep(KeptRuns.of(2));
    history.annotate(1, notes -> notes.named("dear"));
    history.delete(List.of(1));
    assertThat(open().list().items()).isEmpty();
    assertThat(history.keep(KeptRuns.of(2))).isEqualTo(2);
    open().restore(1);
    assertThat(open().list().find(1).orElseThrow().title()).isEqualTo("dear");
    assertThatThrownBy(() -> history.restore(1)).isInstanceOf(HistoryException.class);
  }

  /** Copies the first run, so that there are so many. */
  private void copies(int runs) throws IOException {
    for (int i = 2; i <= runs; i++) {
      Path copy = folder().resolve("%05d".formatted(i));
      Files.createDirectory(copy);
      Files.copy(folder().resolve("00001/run.json"), copy.resolve("run.json"));
    }
  }

  @Test
  void numbersOfRunsThatAreGoneForGoodAreNotGivenAgain() throws Exception {
    RunHistory history = open();
    history.keep(KeptRuns.of(2));
    copies(60);
    assertThat(history.list().items()).hasSize(60);
    history.delete(List.of(60));
    for (int number = 1; number < 60; number++) {
      history.delete(List.of(number));
    }
    assertThat(history.list()).isEqualTo(HistoryList.EMPTY);
    assertThatThrownBy(() -> history.restore(1)).isInstanceOf(HistoryException.class);
    assertThat(open().keep(KeptRuns.of(2))).isEqualTo(61);
    history.restore(59);
    assertThat(history.list().items()).extracting(HistoryItem::number).containsExactly(61, 59);
    // what lies under a number that is gone is read anew, should it ever come back
    Files.createDirectory(folder().resolve("00001"));
    assertThatThrownBy(() -> history.item(1))
        .as("nothing is remembered of it")
        .isInstanceOf(HistoryException.class);
  }

  @Test
  void severalWindowsKeepAndEditAtTheSameTime() throws Exception {
    int windows = 6;
    int each = 5;
    ExecutorService threads = Executors.newFixedThreadPool(windows);
    try {
      KeptRun run = KeptRuns.of(2);
      List<Callable<List<Integer>>> work = new ArrayList<>();
      for (int w = 0; w < windows; w++) {
        String tag = "tag" + w;
        work.add(
            () -> {
              RunHistory own = open();
              List<Integer> numbers = new ArrayList<>();
              for (int i = 0; i < each; i++) {
                numbers.add(own.keep(run));
                own.annotate(
                    1,
                    notes ->
                        notes.tagged(
                            Stream.concat(notes.tags().stream(), Stream.of(tag)).toList()));
              }
              return numbers;
            });
      }
      Set<Integer> numbers = new TreeSet<>();
      for (Future<List<Integer>> future : threads.invokeAll(work)) {
        numbers.addAll(future.get());
      }
      assertThat(numbers).hasSize(windows * each).contains(1, windows * each);
      HistoryList list = open().list();
      assertThat(list.items()).hasSize(windows * each);
      assertThat(list.find(1).orElseThrow().notes().tags()).as("no edit is lost").hasSize(windows);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aRunIsThereWholeOrNotAtAllWhenTheWriterIsKilled() throws Exception {
    Random random = new Random(11);
    int said = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  KeepingProgram.class.getName(),
                  folder().toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        int wanted = 1 + random.nextInt(8);
        for (int i = 0; i < wanted; i++) {
          said = Integer.parseInt(output.readLine());
        }
        process.destroyForcibly().waitFor();
      } finally {
        process.destroyForcibly();
      }
    }
    HistoryList list = open().list();
    assertThat(list.problems()).isEmpty();
    assertThat(list.items()).hasSizeGreaterThanOrEqualTo(said);
    RunLoader loader = loader(open());
    for (HistoryItem item : list.items()) {
      loader.load(item.number(), JobMonitor.SILENT);
    }
  }

  @Test
  void thousandsOfRunsAreListedFromTheirHeadsAlone() throws Exception {
    RunHistory history = open();
    history.keep(KeptRuns.of(2));
    copies(2000);
    assertThat(open().list().items()).hasSize(2000);
    assertThat(Files.size(folder().resolve("00001/run.json")))
        .as("bytes of a head")
        .isLessThan(10_000);
  }
}
