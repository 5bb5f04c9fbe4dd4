package org.edgeld.workbench.experiment.spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.edgeld.model.Model;
import org.edgeld.samples.SampleModel;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.ImportOptions;
import org.edgeld.workbench.onnx.OnnxImporter;
import org.edgeld.workbench.onnx.graph.ModelFileException;

/** The networks that a specification may name: built-in models and ONNX files. Keeps them. */
public final class Networks {
  /** Stands for the size that an ONNX file itself has. */
  static final int OWN_SIZE = 0;

  private static final String FILE_ENDING = ".onnx";

  private final List<SampleModel> samples;
  private final OnnxImporter importer;
  private final Map<Network, Model> opened = new HashMap<>();

  /**
   * @param samples the built-in models
   * @param cacheDir where weights of files are kept
   */
  public Networks(List<SampleModel> samples, Path cacheDir) {
    this(samples, new OnnxImporter(cacheDir));
  }

  /**
   * @param samples the built-in models
   * @param importer reads files
   */
  public Networks(List<SampleModel> samples, OnnxImporter importer) {
    this.samples = List.copyOf(samples);
    this.importer = importer;
  }

  List<String> names() {
    return samples.stream().map(SampleModel::id).toList();
  }

  boolean known(String model) {
    return model.endsWith(FILE_ENDING) || names().contains(model);
  }

  /** Returns the size that a network has if none is asked for. */
  int standardSize(String model) {
    return sample(model).map(SampleModel::defaultInputSize).orElse(OWN_SIZE);
  }

  private Optional<SampleModel> sample(String model) {
    return samples.stream().filter(sample -> sample.id().equals(model)).findFirst();
  }

  /**
   * Returns a network.
   *
   * @throws IllegalArgumentException with a sentence for the user if it has no such size, or its
   *     file cannot be used
   */
  public Model open(Network network) {
    return opened.computeIfAbsent(network, this::make);
  }

  private Model make(Network network) {
    Optional<SampleModel> sample = sample(network.model());
    if (sample.isPresent()) {
      return sample.get().create(network.inputSize());
    }
    OptionalInt size =
        network.inputSize() == OWN_SIZE ? OptionalInt.empty() : OptionalInt.of(network.inputSize());
    try {
      return importer.open(
          Path.of(network.model()), ImportOptions.of(size, size), JobMonitor.SILENT);
    } catch (ModelFileException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (JobCancelledException e) {
      throw new IllegalStateException("Nobody could cancel this import.", e);
    }
  }
}
