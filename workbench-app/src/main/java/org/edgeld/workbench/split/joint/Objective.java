package org.edgeld.workbench.split.joint;

import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.edgeld.workbench.plan.Plan;
import org.edgeld.workbench.split.PlanContext;

/** What a plan shall be best at. */
enum Objective {
  /** One frame is over as early as possible. */
  LATENCY("latency") {
    @Override
    double nanos(FrameStep frame) {
      return frame.latencyNanos();
    }

    @Override
    double[] spent(Progress frame) {
      return frame.ready();
    }

    @Override
    ToDoubleFunction<Plan> predictor(PlanContext context) {
      return context.predictor();
    }
  },

  /** With many frames in flight, as many as possible are over in a second. */
  THROUGHPUT("throughput") {
    @Override
    double nanos(FrameStep frame) {
      return frame.busiestNanos();
    }

    @Override
    double[] spent(Progress frame) {
      return frame.computing();
    }

    @Override
    ToDoubleFunction<Plan> predictor(PlanContext context) {
      return context.pace();
    }
  };

  private final String id;

  Objective(String id) {
    this.id = id;
  }

  /** Returns the objective of that name, which is one of them. */
  static Objective of(String id) {
    return Stream.of(values()).filter(value -> value.id.equals(id)).findFirst().orElseThrow();
  }

  /** Returns the name on the command line. */
  String id() {
    return id;
  }

  /** Returns what shall be small, of a whole frame, which is ended. */
  abstract double nanos(FrameStep frame);

  /** Returns what shall be small, of a whole frame. */
  double nanos(FrameEstimate frame) {
    return nanos(frame.begin());
  }

  /** Returns what every device has spent of it after some pieces. */
  abstract double[] spent(Progress frame);

  /** Returns what predicts it of a whole plan. */
  abstract ToDoubleFunction<Plan> predictor(PlanContext context);

  /** Returns what cannot be fallen below with one more piece. */
  double atLeastWith(Progress frame, Work work) {
    double[] spent = spent(frame);
    double latest = 0;
    for (int device = 0; device < spent.length; device++) {
      double more = work.active()[device] ? work.nanos()[device] : 0;
      latest = Math.max(latest, spent[device] + more);
    }
    return latest;
  }

  /** Returns the largest of what the devices have spent. */
  double soFar(Progress frame) {
    double latest = 0;
    for (double nanos : spent(frame)) {
      latest = Math.max(latest, nanos);
    }
    return latest;
  }
}
