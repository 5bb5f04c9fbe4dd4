package org.edgeld.workbench.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.edgeld.workbench.plan.HeadRole;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.plan.Scheme;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is chosen about the way to divide a network, besides the strategy. */
final class MethodOptions {
  @Option(
      names = "--head-role",
      paramLabel = "ROLE",
      description = "worker: the head computes strips too; leader: it does not. Default: worker.")
  private Optional<String> headRole = Optional.empty();

  @Option(
      names = "--fusion",
      paramLabel = "RULE",
      description =
          "Where fused blocks end: layer, between-pools, or a number of layers. Default:"
              + " between-pools.")
  private Optional<String> fusion = Optional.empty();

  @Option(
      names = "--routing",
      paramLabel = "WAY",
      description =
          "How slices travel: through the head, or from peer to peer: head, peer. Default: peer.")
  private Optional<String> routing = Optional.empty();

  @Mixin private OverlapOption overlap = new OverlapOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  /** Tells whether anything was typed that decides who computes what. */
  boolean given() {
    return Stream.of(headRole, fusion, routing, overlap.typed()).anyMatch(Optional::isPresent);
  }

  /**
   * Returns what was asked for. Whether there are such a strategy, options and fusion rule is not
   * checked.
   *
   * @param options chosen about the strategy, by name
   */
  Method method(String strategy, Map<String, String> options) throws BadInputException {
    return common(strategy)
        .with(options)
        .withFusion(fusion.orElse(Method.STANDARD_FUSION))
        .with(
            Catalogue.choose(
                "routing",
                routing.orElse(Routing.PEER.id()),
                List.of(Routing.values()),
                Routing::id))
        .with(overlap.overlap());
  }

  /**
   * Returns a published scheme with what it leaves open.
   *
   * @throws BadInputException if something else was typed than the scheme says
   */
  Method method(Scheme scheme, Map<String, String> options) throws BadInputException {
    agree(scheme, "--fusion", fusion, scheme.fusion());
    agree(scheme, "--routing", routing, scheme.routing().id());
    agree(scheme, "--overlap", overlap.typed(), Overlap.OFF.id());
    if (scheme.headRole().isPresent()) {
      agree(scheme, "--head-role", headRole, scheme.headRole().get().id());
    }
    return scheme.apply(common(scheme.strategy())).with(options);
  }

  private Method common(String strategy) throws BadInputException {
    return Method.of(strategy)
        .with(
            Catalogue.choose(
                "head role",
                headRole.orElse(HeadRole.WORKER.id()),
                List.of(HeadRole.values()),
                HeadRole::id))
        .with(precision.precision());
  }

  /** Checks that what was typed does not contradict a scheme. */
  static void agree(Scheme scheme, String option, Optional<String> typed, String fixed)
      throws BadInputException {
    if (typed.isPresent() && !typed.get().equals(fixed)) {
      throw new BadInputException(
          "%s %s contradicts --scheme %s, which means %s %s. Maybe leave one of them out."
              .formatted(option, typed.get(), scheme.id(), option, fixed));
    }
  }

  /** Returns how slices travel. */
  PrecisionOption precision() {
    return precision;
  }
}
