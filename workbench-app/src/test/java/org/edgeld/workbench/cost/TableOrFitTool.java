package org.edgeld.workbench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.edgeld.geometry.OperatorCost;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorShape;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.fit.ClassFit;
import org.edgeld.workbench.fit.DeviceFit;
import org.edgeld.workbench.fit.OperatorClass;
import org.edgeld.workbench.profile.DeviceProfile;
import org.edgeld.workbench.profile.LayerTimes;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.junit.jupiter.api.Test;

/**
 * Asks whether tiles that were not measured are better read from the table of measured ones, as
 * {@link MeasuredCost} does, or from the fit per class of operators: {@code mvn -pl workbench-app
 * -am test -Dtest=TableOrFitTool -Dedgeld.profile=FILE -Dedgeld.model=vgg16
 * -Dsurefire.failIfNoSpecifiedTests=false} with a file of {@code profile --save}. Half and quarter
 * of each layer's rows are forgotten in turn and predicted. Its name keeps it out of the ordinary
 * tests.
 */
class TableOrFitTool {
  private static final double LEAST_NANOS = 10_000;

  private final List<Double> tableErrors = new ArrayList<>();
  private final List<Double> fitErrors = new ArrayList<>();

  @Test
  void comparesTableAndFitOnForgottenTiles() throws Exception {
    String id = System.getProperty("edgeld.model", "vgg16");
    ModelGraph graph =
        SampleModels.all().stream()
            .filter(model -> model.id().equals(id))
            .findFirst()
            .orElseThrow()
            .create(224)
            .graph();
    Path file = Path.of(System.getProperty("edgeld.profile"));
    for (DeviceProfile device : ProfileFile.read(file, id, graph).devices()) {
      for (int layer = 0; layer < graph.layers().size(); layer++) {
        for (LayerTimes.Sample sample : inner(device.layers().get(layer))) {
          forget(graph, device, layer, sample);
        }
      }
    }
    assertThat(tableErrors).isNotEmpty();
    System.out.printf(
        Locale.ROOT,
        "%s, %d tiles: median error of the table %.1f %%, of the fit %.1f %%%n",
        id,
        tableErrors.size(),
        100 * median(tableErrors),
        100 * median(fitErrors));
  }

  /** Returns parts of the rows between the whole and the smallest. */
  private static List<LayerTimes.Sample> inner(LayerTimes times) {
    TensorShape shape = times.shape();
    List<LayerTimes.Sample> rows =
        times.samples().stream()
            .filter(s -> s.channels() == shape.channels() && s.columns() == shape.width())
            .toList();
    int least = rows.stream().mapToInt(LayerTimes.Sample::rows).min().orElse(0);
    return rows.stream().filter(s -> s.rows() > least && s.rows() < shape.height()).toList();
  }

  private void forget(ModelGraph graph, DeviceProfile device, int layer, LayerTimes.Sample sample) {
    LayerTimes times = device.layers().get(layer);
    TensorShape shape = times.shape();
    List<LayerTimes.Sample> rest = new ArrayList<>(times.samples());
    rest.remove(sample);
    LayerTimes less = new LayerTimes(shape, rest);
    // layers that do the same have the same times, and must not remember it either
    List<LayerTimes> all =
        device.layers().stream().map(other -> other.equals(times) ? less : other).toList();
    int start = (shape.height() - sample.rows()) / 2;
    Region box = Region.rows(shape, new Range(start, start + sample.rows()));
    OperatorClass kind = OperatorClass.of(graph.layers().get(layer).operator());
    ClassFit fit =
        DeviceFit.of(
                graph,
                new DeviceProfile(device.info(), all, device.overhead(), device.regression()))
            .classes()
            .stream()
            .filter(one -> one.kind() == kind)
            .findFirst()
            .orElseThrow();
    List<TensorShape> shapes = graph.shapes();
    double fitted =
        fit.nanos(
            OperatorCost.flops(graph, shapes, layer, box),
            OperatorCost.bytes(graph, shapes, layer, box));
    double scale = Math.max(LEAST_NANOS, sample.nanos());
    fitErrors.add(Math.abs(fitted - sample.nanos()) / scale);
    tableErrors.add(Math.abs(new LayerCost(less).nanos(box) - sample.nanos()) / scale);
  }

  private static double median(List<Double> errors) {
    double[] sorted = errors.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
