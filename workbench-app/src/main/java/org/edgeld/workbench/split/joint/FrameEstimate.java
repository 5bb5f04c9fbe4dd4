package org.edgeld.workbench.split.joint;

import org.edgeld.model.TensorId;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.PlanContext;

/**
 * A frame after some pieces: when each device and each interface is free, and who owns which part
 * of the tensors made so far. Immutable; {@link FrameStep} goes on from it.
 *
 * @param step goes on from this frame and all others with the same beginning
 * @param ready when each device is done with what it computes so far
 * @param egress when each outgoing interface is free
 * @param ingress when each incoming interface is free
 * @param computing how long each device computes so far
 * @param sending how long each outgoing interface is busy so far
 * @param receiving how long each incoming interface is busy so far
 * @param owned the tensors that are still read, or that the head has yet to get
 * @param finished those of them that the last piece made and the model yields
 */
record FrameEstimate(
    FrameStep step,
    double[] ready,
    double[] egress,
    double[] ingress,
    double[] computing,
    double[] sending,
    double[] receiving,
    Tensors owned,
    int[] finished)
    implements Progress {

  /** Returns the beginning: the head has the input. */
  static FrameEstimate start(PlanContext context, Tiles tiles, Routing routing) {
    int devices = context.devices();
    int[] input = tiles.whole(TensorId.INPUT.index(), context.head().index());
    return new FrameEstimate(
        new FrameStep(context, tiles, routing),
        new double[devices],
        new double[devices],
        new double[devices],
        new double[devices],
        new double[devices],
        new double[devices],
        new Tensors(new int[] {TensorId.INPUT.index()}, new int[][] {input}),
        new int[0]);
  }

  /** Returns this frame as one that pieces can be added to, until another one is begun. */
  FrameStep begin() {
    step.begin(this);
    return step;
  }

  /** Returns the frame after one more piece. */
  FrameEstimate with(Work work) {
    FrameStep next = begin();
    next.add(work);
    return next.frame();
  }
}
