package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.edgeld.workbench.onnx.Closeness.assertClose;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.Operator;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.run.HostTensor;
import org.edgeld.workbench.run.ModelCluster;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Large networks of ONNX's own tests, whose weights are constants that the file computes: they are
 * imported, divided and run.
 */
class LightNetworksTest {
  private static final double TOLERANCE = 1e-3;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"bvlc_alexnet", "vgg19", "resnet50", "squeezenet", "inception_v1", "densenet121"})
  void largeNetworksGiveTheExpectedOutput(String name) throws Exception {
    Path light = ReferenceModels.folder().resolve("onnx-light");
    TensorProto output =
        TensorProto.parseFrom(Files.readAllBytes(light.resolve("light_" + name + "_output_0.pb")));
    float[] expected = Protos.values(output);
    Model model =
        new OnnxImporter(folder)
            .open(light.resolve("light_" + name + ".onnx"), ImportOptions.NONE, JobMonitor.SILENT);
    TensorShape shape = model.graph().input();
    float[] ramp = new float[shape.elements()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i / (float) ramp.length;
    }
    HostTensor input = HostTensor.ofChw(shape, ramp);
    Model logits = withoutSoftmax(model);
    try (TileEngine engine = new DjlTileEngine(1);
        ModelCluster alone = new ModelCluster(engine, model, 1);
        ModelCluster aloneBefore = new ModelCluster(engine, logits, 1);
        ModelCluster dividedBefore = new ModelCluster(engine, logits, 3)) {
      assertClose(alone.run(input).get(0), expected, TOLERANCE, name);
      assertThat(dividedBefore.computing()).isEqualTo(3);
      assertClose(
          dividedBefore.run(input).get(0),
          aloneBefore.run(input).get(0),
          TOLERANCE,
          name + " on 3 devices");
    }
  }

  /** These logits reach 10 billion, where a rounding is enough to make one class the only one. */
  private static Model withoutSoftmax(Model model) {
    ModelGraph graph = model.graph();
    int last = graph.layers().size() - 1;
    if (!(graph.layers().get(last).operator() instanceof Operator.Softmax)) {
      return model;
    }
    ModelGraph before =
        new ModelGraph(
            graph.name(),
            graph.input(),
            graph.layers().subList(0, last),
            graph.layers().get(last).inputs());
    return new Model(model.id(), before, model.encoding(), model.labels(), model.weights());
  }
}
