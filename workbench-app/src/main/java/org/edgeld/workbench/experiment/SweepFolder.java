package org.edgeld.workbench.experiment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.edgeld.workbench.experiment.TrialRecord.Failed;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.Schedule;
import org.edgeld.workbench.experiment.spec.SpecJson;
import org.edgeld.workbench.experiment.spec.SpecReader;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.experiment.spec.Trial;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.WholeFile;

/**
 * Where a sweep's files are.
 *
 * @param path the folder
 */
public record SweepFolder(Path path) {
  private static final String LOCK = ".lock";

  /** Returns the specification, which decides what the sweep is. */
  public Path spec() {
    return path.resolve("spec.json");
  }

  /** Returns the finished trials. */
  public Path trials() {
    return path.resolve("trials.jsonl");
  }

  /** Returns what the sweep ran on. */
  public Path environment() {
    return path.resolve("environment.json");
  }

  /** Returns the file that makes a sweep wait between two trials. */
  public Path pause() {
    return path.resolve("pause");
  }

  /** Tells whether that file is there. */
  public boolean isHeldUp() {
    return Files.exists(pause());
  }

  /** Returns the folder of measured profiles. */
  public Path profiles() {
    return path.resolve("profiles");
  }

  /** Returns the times of the convolutions that the specification asks for. */
  public Path convolutions() {
    return path.resolve("convolutions.json");
  }

  /** Returns the folder of drawn figures. */
  public Path figures() {
    return path.resolve("figures");
  }

  /** Returns the place of the profile of some boards and a network, measured or not. */
  public Path profile(Boards boards, Network network) {
    return SweepProfiles.file(profiles(), boards, network);
  }

  /** Returns the traces of measured trials. */
  public TrialTraces traces() {
    return new TrialTraces(path.resolve("traces"));
  }

  /**
   * Begins a sweep in this folder.
   *
   * @throws SweepFolderException if the folder holds something already
   */
  public void create(SweepSpec spec) throws SweepFolderException {
    try {
      Files.createDirectories(path);
      try (DirectoryStream<Path> content = Files.newDirectoryStream(path)) {
        if (StreamSupport.stream(content.spliterator(), false).anyMatch(SweepFolder::isSomething)) {
          boolean sweep = Files.exists(spec());
          throw new SweepFolderException(
              "The folder %s %s. Maybe %s."
                  .formatted(
                      path,
                      sweep ? "holds a sweep already" : "is not empty",
                      sweep ? "go on with it: sweep --resume " + path : "choose another"));
        }
      }
      JsonFile.write(spec(), SpecJson.of(spec));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** A workbench that was killed before the specification was written leaves these. */
  private static boolean isSomething(Path file) {
    String name = file.getFileName().toString();
    return !name.equals(LOCK) && !WholeFile.isLeftover(name);
  }

  /**
   * Returns the sweep's specification.
   *
   * @throws JsonDefectException if there is none or it is damaged
   */
  public SweepSpec readSpec(SpecReader reader) throws JsonDefectException {
    return reader.read(spec());
  }

  /**
   * Returns the finished trials.
   *
   * @throws SweepFolderException if the file cannot be read or is none of this sweep
   */
  public List<TrialRecord> readTrials(SweepSpec spec) throws SweepFolderException {
    try {
      return TrialLog.read(trials(), byId(spec));
    } catch (IOException e) {
      throw unusable(e);
    } catch (JsonDefectException e) {
      throw new SweepFolderException(e.getMessage(), e);
    }
  }

  TrialLog openTrials(SweepSpec spec) throws SweepFolderException {
    try {
      return TrialLog.open(trials(), byId(spec));
    } catch (IOException e) {
      throw unusable(e);
    } catch (JsonDefectException e) {
      throw new SweepFolderException(e.getMessage(), e);
    }
  }

  /**
   * Forgets the trials that failed, so that they are measured when the sweep goes on. The file is
   * replaced as a whole.
   *
   * @return how many were forgotten
   * @throws SweepFolderException if the file cannot be read or written, or the sweep is under way
   */
  public int forgetFailed(SweepSpec spec) throws SweepFolderException {
    try (Held held = hold()) {
      List<TrialRecord> all = readTrials(spec);
      List<TrialRecord> kept =
          all.stream().filter(record -> !(record.outcome() instanceof Failed)).toList();
      if (kept.size() < all.size()) {
        TrialLog.write(trials(), kept);
      }
      return all.size() - kept.size();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Map<String, Trial> byId(SweepSpec spec) {
    Map<String, Trial> byId = new LinkedHashMap<>();
    Schedule.trials(spec).forEach(trial -> byId.put(trial.id(), trial));
    Substitutes.possible(spec).forEach(trial -> byId.put(trial.id(), trial));
    return byId;
  }

  SweepFolderException unusable(IOException e) {
    return new SweepFolderException(
        "The folder %s cannot be used: %s. Maybe the disk is full or it belongs to another user."
            .formatted(path, e),
        e);
  }

  /** Keeps others from measuring into the folder; whatever ends the process gives it up. */
  record Held(FileChannel channel, FileLock lock) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** Holds the folder and clears away what killed writers have left in it. */
  Held hold() throws SweepFolderException {
    SweepFolderException held =
        new SweepFolderException(
            "The sweep in %s is under way. Maybe wait for the other workbench.".formatted(path));
    try {
      FileChannel channel =
          FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          for (Path folder : List.of(path, profiles(), traces().folder(), figures())) {
            WholeFile.deleteLeftovers(folder);
          }
          return new Held(channel, lock);
        }
      } catch (OverlappingFileLockException e) {
        held.initCause(e);
      }
      channel.close();
      throw held;
    } catch (IOException e) {
      throw unusable(e);
    }
  }
}
