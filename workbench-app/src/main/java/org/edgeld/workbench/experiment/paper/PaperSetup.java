package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Method;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;

/**
 * The paper's measurements, scaled to this computer. A device count here includes the leader, so
 * the paper's "4 FN" is five devices.
 *
 * @param size input size in place of the paper's 224
 * @param smallSize in place of 96
 * @param largeSize in place of 448
 * @param cpuShare of each emulated device
 * @param linkFactor emulated rate over the paper's: today's cores compute a frame so much faster
 *     that with the paper's rates only the links would be measured
 * @param quick whether to leave out what takes longest
 * @param agents addresses of boards; empty for emulated agents
 */
record PaperSetup(
    int size,
    int smallSize,
    int largeSize,
    double cpuShare,
    double linkFactor,
    boolean quick,
    List<String> agents) {
  static final int PAPER_SIZE = 224;
  static final int SLOWEST = 50;
  static final int FASTEST = 1000;

  /** EdgeLD to the letter but for the strategy: leader, pooling on the leader, all through it. */
  static final Method OCBP = method("OCBP", "ocbp-paper", "between-pools");

  static final Method BODP = method("BODP", "bodp", "between-pools");
  static final Method LAYER_WISE = method("OCBP layer by layer", "ocbp-paper", "layer");

  /** Fig. 9 and 10: frames one after the other; one frame is measured anyway. */
  static final List<Batch> BATCHES = List.of(new Batch(5, 1));

  private static final int LEAST_DEVICES = 2;
  private static final int MOST_DEVICES = 5;

  PaperSetup {
    agents = List.copyOf(agents);
  }

  /** Returns what takes about ten minutes on two idle cores. */
  static PaperSetup quick(List<String> agents) {
    return new PaperSetup(128, 64, 256, 0.2, 10, true, agents);
  }

  /** Returns everything, repeated for intervals to publish. */
  static PaperSetup full(List<String> agents) {
    return new PaperSetup(224, 96, 448, 0.2, 10, false, agents);
  }

  private static Method method(String label, String strategy, String fusion) {
    return new Method(label, strategy, Map.of(), fusion, Routing.HEAD, HeadRole.LEADER, true);
  }

  /** Returns the boards behind a link that plays one of the paper's. */
  Boards boards(int paperMbps) {
    return agents.isEmpty() ? new Boards(cpuShare, linkFactor * paperMbps, 0) : Boards.REAL;
  }

  /** Returns what to measure. */
  SweepSpec spec() {
    List<Integer> all =
        agents.isEmpty()
            ? List.of(2, 3, 4, 5)
            : List.of(2, 3, 4, 5).stream().filter(count -> count <= agents.size()).toList();
    List<Integer> ends = all.size() == 1 ? all : List.of(all.get(0), all.get(all.size() - 1));
    List<Integer> last = List.of(all.get(all.size() - 1));
    List<Network> both = networks(PaperValues.MODELS, size);
    List<Network> one = networks(List.of(PaperValues.VGG16), size);
    List<SweepSpec.Grid> grids = new ArrayList<>();
    grids.add(grid(both, all, FASTEST, OCBP, BODP));
    if (agents.isEmpty()) {
      grids.add(grid(quick ? one : both, quick ? ends : all, 100, OCBP, BODP));
      grids.add(grid(one, ends, SLOWEST, OCBP, BODP));
    }
    grids.add(grid(both, last, FASTEST, LAYER_WISE));
    List<String> sized = quick ? List.of(PaperValues.VGG16) : PaperValues.MODELS;
    grids.add(grid(networks(sized, smallSize), ends, FASTEST, OCBP));
    grids.add(grid(networks(sized, largeSize), ends, FASTEST, OCBP));
    grids.add(grid(networks(sized, size), ends, FASTEST, BATCHES, OCBP));
    return new SweepSpec(
        quick ? "EdgeLD, quick" : "EdgeLD",
        agents,
        grids,
        true,
        new SweepSpec.Procedure(1, quick ? 3 : 10, quick ? 1 : 3, 1, 0, 900));
  }

  private static List<Network> networks(List<String> models, int size) {
    return models.stream().map(model -> new Network(model, size)).toList();
  }

  private SweepSpec.Grid grid(
      List<Network> networks, List<Integer> devices, int paperMbps, Method... methods) {
    return grid(networks, devices, paperMbps, List.of(Batch.ONE), methods);
  }

  private SweepSpec.Grid grid(
      List<Network> networks,
      List<Integer> devices,
      int paperMbps,
      List<Batch> batches,
      Method... methods) {
    return new SweepSpec.Grid(
        networks, devices, List.of(boards(paperMbps)), List.of(methods), batches);
  }

  /**
   * Makes sure that EdgeLD can run on some boards.
   *
   * @throws IllegalArgumentException if there are not enough agents
   */
  static void requireEnough(List<String> agents) {
    if (!agents.isEmpty() && agents.size() < LEAST_DEVICES) {
      throw new IllegalArgumentException(
          "EdgeLD needs a leader and a follower, %d agent is not enough. Maybe name %d."
              .formatted(agents.size(), MOST_DEVICES));
    }
  }
}
