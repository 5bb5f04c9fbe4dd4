package org.edgeld.workbench.cli;

import java.util.Map;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import org.edgeld.workbench.planfile.SavedPlan;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * How to divide a model, before the devices are known.
 *
 * @param head name of the head, empty for the first device
 * @param headRole whether the head computes strips
 * @param scheme the preset, empty if none
 * @param strategy id of the strategy
 * @param fusion id of the fusion rule
 * @param poolsOnHead whether pooling runs on the head
 * @param routing which way slices travel
 * @param options chosen about the strategy, by name
 * @param overlap whether strips are computed in parts
 * @param precision how slices travel
 * @param saved the plan itself, if it was loaded from a file; empty if one is to be made
 * @param refinements how often the plan's steps are timed and it is planned again, at least 0
 */
record PlanChoice(
    Optional<String> head,
    HeadRole headRole,
    Optional<Scheme> scheme,
    String strategy,
    String fusion,
    boolean poolsOnHead,
    Routing routing,
    Map<String, String> options,
    Overlap overlap,
    Precision precision,
    Optional<SavedPlan> saved,
    int refinements) {
  PlanChoice {
    options = Map.copyOf(options);
  }

  /** Returns the choice that a loaded plan is, which says nothing of how slices travel. */
  static PlanChoice of(SavedPlan saved, Precision precision, int refinements) {
    return new PlanChoice(
        Optional.empty(),
        saved.headRole(),
        Optional.empty(),
        saved.strategy(),
        saved.fusion(),
        saved.poolsOnHead(),
        saved.routing(),
        saved.options(),
        saved.overlap(),
        precision,
        Optional.of(saved),
        refinements);
  }

  /** Returns the request for measured devices. */
  PlanRequest request(ModelGraph graph, ClusterProfile profile, DeviceId headDevice) {
    if (saved.isPresent()) {
      return saved.get().request(profile).with(precision);
    }
    return new PlanRequest(
        graph,
        profile,
        headDevice,
        headRole,
        strategy,
        fusion,
        poolsOnHead,
        routing,
        options,
        overlap,
        precision);
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
