package org.edgeld.workbench.onnx.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.Layer;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Sha256;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.workbench.job.JobCancelledException;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.onnx.lower.DraftLayer;
import org.edgeld.workbench.onnx.lower.LoweredModel;
import org.edgeld.workbench.onnx.lower.Weight;

/** Follows the recipes of a model's weights, one after the other, and stores the results. */
public final class WeightImport {
  private final WeightStore store;
  private final JobMonitor monitor;
  private final LoweredModel model;
  private final long allBytes;
  private long doneBytes;

  private WeightImport(WeightStore store, LoweredModel model, JobMonitor monitor) {
    this.store = store;
    this.monitor = monitor;
    this.model = model;
    this.allBytes =
        model.layers().stream()
            .flatMap(layer -> layer.weights().stream())
            .mapToLong(WeightImport::bytes)
            .sum();
  }

  private static long bytes(Weight weight) {
    return (long) weight.dims().size() * TensorShape.ELEMENT_BYTES;
  }

  /**
   * Stores the weights of a model.
   *
   * @param files the model's files; while they stay the same, weights stored before are not read
   * @return the network
   * @throws IOException if a file or the store fails
   * @throws JobCancelledException if {@code monitor} says so; what was stored is kept
   */
  public static ModelGraph store(
      WeightStore store, LoweredModel model, List<Path> files, JobMonitor monitor)
      throws IOException, JobCancelledException {
    ImportIndex index = ImportIndex.open(store.folder(), files);
    WeightImport imported = new WeightImport(store, model, monitor);
    try {
      return imported.graph(index);
    } finally {
      index.save();
    }
  }

  private ModelGraph graph(ImportIndex index) throws IOException, JobCancelledException {
    List<Layer> layers = new ArrayList<>();
    for (DraftLayer layer : model.layers()) {
      List<WeightRef> weights = new ArrayList<>();
      for (Weight weight : layer.weights()) {
        weights.add(new WeightRef.Stored(stored(weight, index), weight.dims().extents()));
      }
      List<TensorId> inputs = layer.inputs().stream().map(TensorId::new).toList();
      layers.add(new Layer(layer.name(), layer.operator(), inputs, weights));
    }
    return new ModelGraph(
        model.name(), model.input(), layers, model.outputs().stream().map(TensorId::new).toList());
  }

  private Sha256 stored(Weight weight, ImportIndex index)
      throws IOException, JobCancelledException {
    String recipe = weight.recipe();
    Optional<Sha256> known = index.digest(recipe);
    if (known.isPresent() && store.has(known.get(), bytes(weight))) {
      written(bytes(weight));
      return known.get();
    }
    Sha256 sha256 = store.write(weight, this::written);
    index.put(recipe, sha256);
    return sha256;
  }

  private void written(long bytes) throws JobCancelledException {
    doneBytes += bytes;
    monitor.progress("Reading the weights of " + model.name(), (double) doneBytes / allBytes);
    monitor.checkCancelled();
  }
}
