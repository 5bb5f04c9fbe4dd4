package org.edgeld.workbench.experiment.paper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.edgeld.workbench.cluster.AgentAddress;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.ConvolutionGrid;
import org.edgeld.workbench.experiment.spec.NamedMethod;
import org.edgeld.workbench.experiment.spec.Network;
import org.edgeld.workbench.experiment.spec.SweepSpec;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.run.Batch;
import org.edgeld.workbench.words.Figures;

/**
 * The paper's measurements, scaled to this computer. A device count here includes the leader, so
 * the paper's "4 FN" is five devices.
 *
 * @param sizes input sizes in place of the paper's
 * @param cpuShare of each emulated device
 * @param linkFactor emulated rate over the paper's: today's cores compute a frame so much faster
 *     that with the paper's rates only the links would be measured
 * @param quick whether to leave out what takes longest
 * @param agents addresses of boards; empty for emulated agents
 */
record PaperSetup(
    Sizes sizes, double cpuShare, double linkFactor, boolean quick, List<String> agents) {
  /**
   * Input sizes in pixels.
   *
   * @param small in place of the paper's 96
   * @param standard in place of 224
   * @param large in place of 448
   * @param batches of the batches of Fig. 9 and 10, whose frames take longest
   */
  record Sizes(int small, int standard, int large, int batches) {
    /**
     * Returns a size of Fig. 7 and 8.
     *
     * @param place 0 for the small, 1 for the standard, 2 for the large one
     */
    int of(int place) {
      return List.of(small, standard, large).get(place);
    }
  }

  static final int PAPER_SMALL = 96;
  static final int PAPER_SIZE = 224;
  static final int PAPER_LARGE = 448;

  /** Memory of each of the paper's machines in 10⁶ bytes. */
  static final int PAPER_MEMORY_MB = 1000;

  /** EdgeLD to the letter but for the strategy: leader, pooling on the leader, all through it. */
  static final NamedMethod OCBP = method("OCBP", "ocbp-paper", "between-pools");

  static final NamedMethod BODP = method("BODP", "bodp", "between-pools");
  static final NamedMethod LAYER_WISE = method("OCBP layer by layer", "ocbp-paper", "layer");

  /**
   * Fig. 11: MoDNN's division by capability, merged after every layer, pooling ones as well, on the
   * same leader and followers.
   */
  static final NamedMethod MODNN =
      new NamedMethod(
          "MoDNN", Scheme.MODNN.apply(Method.of(Scheme.MODNN.strategy()).with(HeadRole.LEADER)));

  /** Fig. 9 and 10: one to five frames, one after the other. */
  static final List<Batch> BATCHES =
      List.of(Batch.ONE, new Batch(2, 1), new Batch(3, 1), new Batch(4, 1), new Batch(5, 1));

  /** What is left out to be quick: one batch between one frame and five is enough for a peak. */
  private static final List<Batch> SPARED = List.of(new Batch(2, 1), new Batch(4, 1));

  /** What timing the grid of Fig. 4 may take, quick and in full. */
  private static final int QUICK_GRID_SECONDS = 20;

  private static final int GRID_SECONDS = 600;

  private static final int LEAST_DEVICES = 2;
  private static final int MOST_DEVICES = 5;

  PaperSetup {
    agents = List.copyOf(agents);
  }

  /** Returns what takes about ten minutes on two idle cores. */
  static PaperSetup quick(List<String> agents) {
    return new PaperSetup(new Sizes(64, 112, 160, 64), 0.25, 10, true, agents);
  }

  /** Returns everything, repeated for intervals to publish. */
  static PaperSetup full(List<String> agents) {
    return new PaperSetup(new Sizes(96, 224, 448, 224), 0.25, 10, false, agents);
  }

  /** Returns all presets, those of this version first; folders of earlier ones are still read. */
  static List<PaperSetup> known(List<String> agents) {
    return List.of(
        quick(agents),
        full(agents),
        new PaperSetup(new Sizes(64, 112, 192, 64), 0.25, 10, true, agents),
        new PaperSetup(new Sizes(64, 128, 256, 128), 0.2, 10, true, agents),
        new PaperSetup(new Sizes(96, 224, 448, 224), 0.2, 10, false, agents));
  }

  /**
   * Tells whether a sweep is this preset, of this version or of an earlier one that had the same
   * devices and sizes but not all cells.
   */
  boolean isThatOf(SweepSpec spec) {
    List<Integer> used =
        spec.networks().stream()
            .filter(network -> network.model().equals(PaperValues.VGG16))
            .map(Network::inputSize)
            .toList();
    return spec.name().equals(name())
        && used.containsAll(List.of(sizes.small(), sizes.standard(), sizes.large()))
        && spec.configurations().stream()
            .anyMatch(
                c ->
                    c.boards().equals(boards(fastest()))
                        && c.network().equals(new Network(PaperValues.VGG16, sizes.standard()))
                        && c.method().equals(OCBP.method()));
  }

  String name() {
    return quick ? "EdgeLD, quick" : "EdgeLD";
  }

  private static NamedMethod method(String label, String strategy, String fusion) {
    Method scheme = Scheme.EDGELD.apply(Method.of(strategy));
    return new NamedMethod(label, scheme.with(strategy, fusion));
  }

  /** Returns the boards behind links that play those of the paper. */
  Boards boards(PaperLink link) {
    return agents.isEmpty()
        ? new Boards(cpuShare, 0, 0).withLinks(link.times(linkFactor))
        : Boards.REAL;
  }

  /** Returns the links at which something is measured. */
  List<PaperLink> links() {
    return agents.isEmpty() ? PaperValues.FIG5_LINKS : List.of(PaperLink.OWN);
  }

  /** Returns the links of what is measured with one kind of them only. */
  PaperLink fastest() {
    return agents.isEmpty() ? PaperLink.FASTEST : PaperLink.OWN;
  }

  /** Returns the links of Fig. 5: the paper's, and those of boards. */
  List<PaperLink> fig5() {
    List<PaperLink> all = new ArrayList<>(PaperValues.FIG5_LINKS);
    links().stream().filter(link -> !all.contains(link)).forEach(all::add);
    return all;
  }

  /** Says what the mixed links of Fig. 5 are. */
  String mixed() {
    return agents.isEmpty()
        ? ("Of mixed links the paper does not say which follower has which; here leader and"
                + " followers have %s Mbit/s, so one follower alone has the fastest.")
            .formatted(PaperLink.MIXED.times(linkFactor))
        : "What rates the links of these boards have is not known, so ours stand by themselves.";
  }

  /** Returns the paper's memory of a device in 10⁶ bytes, scaled with the area of the input. */
  double memoryMegabytes() {
    double scale = (double) sizes.standard() / PAPER_SIZE;
    return Math.round(PAPER_MEMORY_MB * scale * scale);
  }

  /** Returns the boards behind the fastest links with that memory and no more. */
  Boards limited() {
    return new Boards(cpuShare, 0, 0, memoryMegabytes())
        .withLinks(PaperLink.FASTEST.times(linkFactor));
  }

  /** Returns what computes here, in words. */
  String devices() {
    return agents.isEmpty()
        ? "emulated devices with a share of %s of a core".formatted(cpuShare)
        : "boards";
  }

  /**
   * Says how what a figure shows was measured.
   *
   * @param input sizes in pixels, in words
   * @param links those that the figure has
   */
  String ours(String input, List<PaperLink> links) {
    String rates =
        agents.isEmpty()
            ? String.join(
                ", ", links.stream().map(link -> link.times(linkFactor).toString()).toList())
            : "";
    return " Ours: %s, input of %s pixels, %s."
        .formatted(
            devices(),
            input,
            agents.isEmpty() ? "links of " + rates + " Mbit/s" : "links as they are");
  }

  /** Says at which links ours were measured, for an axis of the paper's; empty on boards. */
  String scaled() {
    return agents.isEmpty() ? "; ours emulated, × " + Figures.plain(linkFactor) : "";
  }

  /** Says how what a figure of the standard size and the fastest links shows was measured. */
  String ours() {
    return ours(Integer.toString(sizes.standard()), List.of(fastest()));
  }

  /** Returns what to measure. */
  SweepSpec spec() {
    List<Integer> all =
        agents.isEmpty()
            ? List.of(2, 3, 4, 5)
            : List.of(2, 3, 4, 5).stream().filter(count -> count <= agents.size()).toList();
    List<Integer> ends = all.size() == 1 ? all : List.of(all.get(0), all.get(all.size() - 1));
    List<Integer> last = List.of(all.get(all.size() - 1));
    List<Network> both = networks(sizes.standard());
    List<Network> one = List.of(new Network(PaperValues.VGG16, sizes.standard()));
    List<SweepSpec.Grid> grids = new ArrayList<>();
    grids.add(grid(both, all, fastest(), OCBP, BODP));
    if (agents.isEmpty()) {
      grids.add(grid(both, all, PaperLink.SLOW, OCBP, BODP));
      grids.add(grid(one, ends, PaperLink.SLOWEST, OCBP, BODP));
      grids.add(grid(one, ends, PaperLink.MIXED, OCBP, BODP));
    }
    grids.add(grid(both, last, fastest(), LAYER_WISE));
    grids.add(grid(one, all, fastest(), MODNN));
    grids.add(grid(networks(sizes.small()), ends, fastest(), OCBP));
    grids.add(grid(networks(sizes.large()), ends, fastest(), OCBP));
    if (agents.isEmpty() && !quick) {
      grids.add(
          new SweepSpec.Grid(
              networks(sizes.large()),
              ends,
              List.of(limited()),
              List.of(OCBP),
              List.of(Batch.ONE)));
    }
    grids.add(grid(networks(sizes.batches()), ends, fastest(), batches(), OCBP));
    return new SweepSpec(
        name(),
        agents,
        grids,
        true,
        Optional.of(ConvolutionGrid.paper(quick ? QUICK_GRID_SECONDS : GRID_SECONDS)),
        new SweepSpec.Procedure(1, quick ? 2 : 10, quick ? 2 : 3, 1, 0, 900));
  }

  private List<Batch> batches() {
    return BATCHES.stream().filter(batch -> !quick || !SPARED.contains(batch)).toList();
  }

  private static List<Network> networks(int size) {
    return PaperValues.MODELS.stream().map(model -> new Network(model, size)).toList();
  }

  private SweepSpec.Grid grid(
      List<Network> networks, List<Integer> devices, PaperLink link, NamedMethod... methods) {
    return grid(networks, devices, link, List.of(Batch.ONE), methods);
  }

  private SweepSpec.Grid grid(
      List<Network> networks,
      List<Integer> devices,
      PaperLink link,
      List<Batch> batches,
      NamedMethod... methods) {
    return new SweepSpec.Grid(networks, devices, List.of(boards(link)), List.of(methods), batches);
  }

  static boolean enough(List<String> agents) {
    return agents.isEmpty() || agents.size() >= LEAST_DEVICES;
  }

  /**
   * Makes sure that EdgeLD can run on some boards.
   *
   * @throws IllegalArgumentException if there are not enough agents, one is named twice or what is
   *     named is no address
   */
  static void requireEnough(List<String> agents) {
    if (!enough(agents)) {
      throw new IllegalArgumentException(
          "EdgeLD needs a leader and a follower, %d agent is not enough. Maybe name %d."
              .formatted(agents.size(), MOST_DEVICES));
    }
    Set<AgentAddress> named = new HashSet<>();
    for (String agent : agents) {
      if (!named.add(AgentAddress.parse(agent))) {
        throw new IllegalArgumentException(
            "The agent %s is named twice. Maybe one of them has another port.".formatted(agent));
      }
    }
  }
}
