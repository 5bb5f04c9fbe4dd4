package org.edgeld.workbench.cli;

import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * How to divide a model, before the devices are known.
 *
 * @param head name of the head, empty for the first device
 * @param scheme the preset, empty if none
 * @param method how to divide it
 * @param saved the plan itself, if it was loaded from a file; empty if one is to be made
 * @param refinements how often the plan's steps are timed and it is planned again, at least 0
 */
record PlanChoice(
    Optional<String> head,
    Optional<Scheme> scheme,
    Method method,
    Optional<SavedPlan> saved,
    int refinements) {
  /** Returns the choice that a loaded plan is, which says nothing of how slices travel. */
  static PlanChoice of(SavedPlan saved, Precision precision, int refinements) {
    return new PlanChoice(
        Optional.empty(),
        Optional.empty(),
        saved.method().with(precision),
        Optional.of(saved),
        refinements);
  }

  /** Returns the request for measured devices; a loaded plan keeps its own head. */
  PlanRequest request(ModelGraph graph, ClusterProfile profile, DeviceId headDevice) {
    DeviceId holder = saved.map(loaded -> loaded.plan().head()).orElse(headDevice);
    return new PlanRequest(graph, profile, holder, method);
  }

  /** Checks that a loaded plan is for so many devices, before anything is started. */
  void requireDevices(int devices) throws BadInputException {
    int wanted = saved.map(loaded -> loaded.plan().devices()).orElse(devices);
    if (wanted != devices) {
      throw new BadInputException(
          "The plan's devices (%d) are not as many as there are (%d). Maybe use %d devices."
              .formatted(wanted, devices, wanted));
    }
  }
}
