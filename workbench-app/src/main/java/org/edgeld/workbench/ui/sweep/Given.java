package org.edgeld.workbench.ui.sweep;

import java.util.List;
import java.util.Optional;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.edgeld.workbench.experiment.spec.SweepSpec;

/**
 * A specification that is measured as it is: one of several grids, or that of the paper.
 *
 * @param title what it is
 * @param words what to know about it
 * @param spec the specification
 * @param reproduction what else is written at the end
 */
public record Given(
    String title, String words, SweepSpec spec, Optional<Reproduction> reproduction) {
  /**
   * Returns the measurements of the paper.
   *
   * @param quick whether to leave out what takes long
   * @param agents addresses of boards, the leader first; empty for emulated devices
   * @throws IllegalArgumentException if the agents are too few
   */
  static Given paper(boolean quick, List<String> agents) {
    Reproduction reproduction = Reproduction.of(quick, agents);
    return new Given(
        quick ? "The EdgeLD paper, quick" : "The EdgeLD paper",
        "Repeats Table I and Fig. 4 to 11 of Xue et al. (HPCC 2020) "
            + (agents.isEmpty() ? "on five emulated devices" : "on the agents")
            + (quick ? ", with smaller inputs, fewer cells and repeats" : "")
            + ". At the end its values stand beside ours, as by the command reproduce.",
        reproduction.spec(),
        Optional.of(reproduction));
  }
}
