package org.edgeld.workbench.onnx.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeld.model.Sha256;
import org.edgeld.workbench.onnx.graph.Identity;
import org.edgeld.workbench.results.WholeFile;

/**
 * What is stored of one state of a model's files: the digest of each weight by its recipe, one a
 * line. If a file changes its size or time, its weights are read again.
 */
final class ImportIndex {
  /** To be raised whenever a recipe of the same name comes to mean something else. */
  private static final int VERSION = 1;

  private static final String SEPARATOR = " ";

  private final Path file;
  private final Map<String, Sha256> digests;
  private boolean changed;

  private ImportIndex(Path file, Map<String, Sha256> digests) {
    this.file = file;
    this.digests = digests;
  }

  /**
   * Opens the index of a model.
   *
   * @param folder where indices are
   * @param files the model's files
   * @throws IOException if a file cannot be looked at
   */
  static ImportIndex open(Path folder, List<Path> files) throws IOException {
    Identity state = new Identity().add("index").add(VERSION);
    for (Path path : files) {
      state.add(path.toRealPath().toString());
      state.add(Files.size(path)).add(Files.getLastModifiedTime(path).toMillis());
    }
    Path file = folder.resolve(state.hex() + ".index");
    return new ImportIndex(file, read(file));
  }

  private static Map<String, Sha256> read(Path file) {
    Map<String, Sha256> digests = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String[] words = line.split(SEPARATOR);
        digests.put(words[0], new Sha256(words[1]));
      }
      return digests;
    } catch (NoSuchFileException e) {
      return digests;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      // a damaged index only costs reading the weights again
      return new TreeMap<>();
    }
  }

  Optional<Sha256> digest(String recipe) {
    return Optional.ofNullable(digests.get(recipe));
  }

  void put(String recipe, Sha256 sha256) {
    digests.put(recipe, sha256);
    changed = true;
  }

  /** Writes the index if anything was put into it. */
  void save() throws IOException {
    if (!changed) {
      return;
    }
    WholeFile.write(
        file,
        out -> {
          for (Map.Entry<String, Sha256> entry : digests.entrySet()) {
            String line = entry.getKey() + SEPARATOR + entry.getValue().hex() + "\n";
            out.write(line.getBytes(StandardCharsets.UTF_8));
          }
        });
  }
}
