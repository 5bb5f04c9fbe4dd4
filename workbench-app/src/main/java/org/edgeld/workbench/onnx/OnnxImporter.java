package org.edgeld.workbench.onnx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.graph.OnnxModel;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.edgeld.workbench.onnx.lower.LoweredModel;
import org.edgeld.workbench.onnx.lower.Lowering;
import org.edgeld.workbench.onnx.lower.PictureInput;
import org.edgeld.workbench.onnx.read.OnnxReader;
import org.edgeld.workbench.onnx.store.WeightImport;
import org.edgeld.workbench.onnx.store.WeightStore;

/**
 * Makes a model of an ONNX file. The structure is read and proven to be supported before any weight
 * is; then each weight is read once, brought into the workbench's form and stored. Opening the same
 * file again finds the weights stored. Heap is needed for one piece of one weight at a time.
 */
public final class OnnxImporter {
  private final WeightStore store;

  /**
   * Returns an importer.
   *
   * @param folder where weights are kept; may be shared
   */
  public OnnxImporter(Path folder) {
    this.store = new WeightStore(folder);
  }

  /**
   * Looks at what a file says of its picture, without importing anything.
   *
   * @return nothing if the model takes no picture, or not only one
   * @throws ModelFileException with a sentence for the user if the file cannot be used
   */
  public Optional<PictureInput> input(Path file) throws ModelFileException {
    return PictureInput.of(OnnxReader.read(file));
  }

  /**
   * Opens a model.
   *
   * @param file the ONNX file; a description may lie beside it ({@link DescriptionFile})
   * @param options what the user says, which overrules the description
   * @param monitor told about progress
   * @return the model, which stays usable when the file is gone
   * @throws ModelFileException with a sentence for the user if the file cannot be used; if it uses
   *     operators that are not supported, an {@link
   *     org.edgeld.workbench.onnx.lower.UnsupportedModelException} lists them all
   * @throws JobCancelledException if {@code monitor} says so
   */
  public Model open(Path file, ImportOptions options, JobMonitor monitor)
      throws ModelFileException, JobCancelledException {
    String name = name(file);
    try {
      OnnxModel onnx = OnnxReader.read(file);
      InputSize size = options.size().or(DescriptionFile.readSize(file));
      LoweredModel lowered = Lowering.of(name, onnx, size);
      ModelDescription description = DescriptionFile.read(file, lowered.input().channels());
      monitor.checkCancelled();
      ModelGraph graph = WeightImport.store(store, lowered, onnx.files(), monitor);
      return new Model(name, graph, description.encoding(), description.labels(), store);
    } catch (IOException | UncheckedIOException e) {
      throw new ModelFileException(
          "Cannot import %s: %s. Maybe the disk is full or gone.".formatted(file, e.getMessage()),
          e);
    } catch (InternalError e) {
      // how a mapped file that becomes shorter makes itself felt
      throw new ModelFileException(
          "%s changed while it was read. Maybe it is still being copied.".formatted(file), e);
    }
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
