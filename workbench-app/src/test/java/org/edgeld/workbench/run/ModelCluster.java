package org.edgeld.workbench.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.WeightProvider;
import org.edgeld.model.Model;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightRef;
import org.edgeld.program.DeviceId;
import org.edgeld.program.ProgramSet;
import org.edgeld.program.Step;
import org.edgeld.workbench.fixture.SyntheticCluster;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * A model with stored weights on devices of unequal speed, planned as the workbench plans and run
 * by the agents' own runtime and engine.
 */
public final class ModelCluster implements AutoCloseable {
  private static final double[] UNEQUAL_RATES = {2e9, 3e9, 1e9, 2.5e9};

  private final Model model;
  private final ProgramSet programs;
  private final InProcessCluster cluster;

  /**
   * Plans and loads a model.
   *
   * @param devices 1 to 4; one runs it undivided
   */
  public ModelCluster(TileEngine engine, Model model, int devices) throws Exception {
    this.model = model;
    // links so fast that dividing always seems worth it
    ClusterProfile profile =
        SyntheticCluster.of(model.graph(), Arrays.copyOf(UNEQUAL_RATES, devices), 1e12, 1);
    PlanRequest request =
        new PlanRequest(
            model.graph(),
            profile,
            new DeviceId(0),
            Method.of(devices == 1 ? "single" : "ocbp").withFusion(devices == 1 ? "layer" : "3"));
    this.programs = DefaultPlanner.load().plan(request).programs();
    this.cluster = new InProcessCluster(programs, engine, weights());
  }

  /** Returns the number of devices that compute something. */
  public long computing() {
    return programs.programs().stream()
        .filter(program -> program.steps().stream().anyMatch(Step.Compute.class::isInstance))
        .count();
  }

  private WeightProvider weights() {
    return (ref, first, target) -> {
      FloatBuffer stored =
          model
              .weights()
              .read((WeightRef.Stored) ref)
              .order(ByteOrder.LITTLE_ENDIAN)
              .asFloatBuffer();
      FloatBuffer floats = target.slice().order(target.order()).asFloatBuffer();
      floats.put(stored.slice((int) first, floats.remaining()));
    };
  }

  /** Returns the outputs in CHW order, in the model's order. */
  public List<float[]> run(HostTensor input) throws Exception {
    Map<TensorId, float[]> outputs = cluster.run(input);
    List<float[]> ordered = new ArrayList<>();
    for (TensorId output : model.graph().outputs()) {
      TensorShape shape = model.graph().shapes().get(output.index());
      ordered.add(chw(outputs.get(output), shape));
    }
    return ordered;
  }

  private static float[] chw(float[] nhwc, TensorShape shape) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(nhwc);
    return new HostTensor(shape, bytes).toChw();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
