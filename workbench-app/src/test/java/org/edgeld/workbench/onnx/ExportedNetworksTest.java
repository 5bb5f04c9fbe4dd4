package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgeld.workbench.onnx.Closeness.assertClose;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.ModelCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever family a network is of, it computes what ONNX Runtime computes, undivided and divided.
 */
class ExportedNetworksTest {
  private static final double TOLERANCE = 1e-4;
  private static final int OPEN_SIZE = 48;

  private static TileEngine engine;
  @TempDir static Path folder;

  @BeforeAll
  static void startEngine() {
    engine = new DjlTileEngine(1);
  }

  @AfterAll
  static void stopEngine() {
    engine.close();
  }

  static Set<String> families() {
    return ExportedNetworks.all().keySet();
  }

  @ParameterizedTest
  @MethodSource("families")
  void everyFamilyComputesWhatTheReferenceRuntimeComputes(String family) throws Exception {
    NetworkFile net = ExportedNetworks.all().get(family).get();
    Path file = net.write(folder.resolve("network.onnx"));
    // the reference runtime begins with operator set 7
    Path reference =
        net.version() < 7 ? ExportedNetworks.old(7).write(folder.resolve("reference.onnx")) : file;
    ImportOptions size =
        family.startsWith("detector")
            ? ImportOptions.of(OptionalInt.of(OPEN_SIZE), OptionalInt.of(OPEN_SIZE))
            : ImportOptions.NONE;
    Model model = new OnnxImporter(folder.resolve("store")).open(file, size, JobMonitor.SILENT);
    TensorShape shape = model.graph().input();
    boolean channelsLast = family.startsWith("channels last");
    float[] chw = noise(shape.elements());
    HostTensor input = HostTensor.ofChw(shape, chw);
    List<float[]> expected =
        channelsLast
            ? ReferenceRuntime.run(
                reference, nhwc(input), 1, shape.height(), shape.width(), shape.channels())
            : ReferenceRuntime.run(
                reference, chw, 1, shape.channels(), shape.height(), shape.width());
    for (int devices : new int[] {1, 2, 3}) {
      try (ModelCluster cluster = new ModelCluster(engine, model, devices)) {
        List<float[]> actual = cluster.run(input);
        assertThat(cluster.computing()).isGreaterThanOrEqualTo(Math.min(devices, 2));
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
          assertClose(
              actual.get(i),
              expected.get(i),
              TOLERANCE,
              "%s, output %d on %d devices".formatted(family, i, devices));
        }
      }
    }
  }

  private static float[] noise(int count) {
    Random random = new Random(5);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] nhwc(HostTensor tensor) {
    float[] values = new float[tensor.shape().elements()];
    tensor.nhwc().duplicate().order(tensor.nhwc().order()).asFloatBuffer().get(values);
    return values;
  }
}
