package org.edgeld.agent.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.edgeld.agent.engine.NaiveNetwork;
import org.edgeld.agent.engine.Tensors;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.weights.SeededWeights;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.program.DeviceProgram;
import org.edgeld.program.Precision;
import org.edgeld.program.ProgramSet;

/** Compares what programs yield with the undivided network by textbook loops. */
final class UndividedOutputs {
  /** Rounding of sums in another order. */
  static final double TOLERANCE = 1e-5;

  private UndividedOutputs() {}

  /**
   * Runs frames on random inputs; every output must be the undivided network's, and the buffers
   * those of one frame.
   */
  static void check(ProgramSet programs, TileEngine engine, int frames) throws Exception {
    check(programs, engine, frames, Precision.FLOAT32, TOLERANCE);
  }

  /**
   * The same with slices that travel in any precision.
   *
   * @param tolerance largest error, relative to the output's scale
   */
  static void check(
      ProgramSet programs, TileEngine engine, int frames, Precision precision, double tolerance)
      throws Exception {
    ModelGraph graph = programs.graph();
    Random random = new Random(7);
    try (InProcessDevices devices = new InProcessDevices(programs, engine, precision)) {
      devices.warmUp();
      devices.start();
      for (int frame = 0; frame < frames; frame++) {
        ByteBuffer input = Tensors.random(graph.input(), random);
        List<double[]> expected =
            new NaiveNetwork(graph, new SeededWeights()).run(Tensors.toChw(input, graph.input()));
        Map<TensorId, double[]> outputs = devices.run(input);
        assertThat(outputs.keySet()).containsExactlyInAnyOrderElementsOf(graph.outputs());
        for (TensorId output : graph.outputs()) {
          assertThat(Tensors.relativeError(expected.get(output.index()), outputs.get(output)))
              .as("%s of frame %d", output, frame)
              .isLessThanOrEqualTo(tolerance);
        }
      }
      for (DeviceProgram program : programs.programs()) {
        assertThat(devices.allocatedBytes(program.device().index()))
            .as("buffers of device %s", program.device())
            .isLessThanOrEqualTo(
                FrameBytes.of(new TensorPlan(programs, program.device()), precision).pooled());
      }
    }
  }
}
