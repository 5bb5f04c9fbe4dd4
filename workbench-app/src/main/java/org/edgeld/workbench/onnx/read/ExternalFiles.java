package org.edgeld.workbench.onnx.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.onnx.graph.DefectException;

/** The files beside a model that hold its weights. None outside the model's folder is opened. */
final class ExternalFiles {
  private final Path folder;
  private final Map<String, DataFile> files = new LinkedHashMap<>();

  /**
   * Begins with no files.
   *
   * @param model the ONNX file
   */
  ExternalFiles(Path model) {
    folder = model.toAbsolutePath().getParent();
  }

  /** Returns the files named so far. */
  List<Path> paths() {
    return files.values().stream().map(DataFile::path).toList();
  }

  /**
   * Returns the file of this name.
   *
   * @param location path within the model's folder, as the model has it
   * @throws DefectException if it leads out of the folder or is not there
   */
  DataFile file(String location) throws DefectException {
    DataFile known = files.get(location);
    if (known != null) {
      return known;
    }
    DataFile opened = open(location);
    files.put(location, opened);
    return opened;
  }

  private DataFile open(String location) throws DefectException {
    try {
      Path file = folder.resolve(location).normalize();
      if (Path.of(location).isAbsolute() || !file.startsWith(folder) || file.equals(folder)) {
        throw outside(location);
      }
      if (!Files.isRegularFile(file)) {
        throw new DefectException(
            "it keeps weights in '%s', which is not in its folder. Maybe copy that file there, too"
                .formatted(location));
      }
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw outside(location);
      }
      return new DataFile(file, Files.size(file));
    } catch (InvalidPathException e) {
      throw new DefectException(
          "it keeps weights in '%s', which is no file name here".formatted(location), e);
    } catch (IOException e) {
      throw new DefectException(
          "its weights in '%s' cannot be read: %s".formatted(location, e.getMessage()), e);
    }
  }

  private static DefectException outside(String location) {
    return new DefectException(
        "it keeps weights in '%s', outside its own folder, where nothing is read"
            .formatted(location));
  }
}
