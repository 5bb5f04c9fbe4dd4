package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.workbench.cluster.PerDevice;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.plan.MethodWords;
import org.edgeld.workbench.words.Figures;

/** The columns that say what was measured, the same in every table. */
final class ConfigurationColumns {
  private ConfigurationColumns() {}

  static <R> List<Table.Column<R>> of(Function<R, Configuration> of) {
    return List.of(
        column("model", "", "name of the model", r -> of.apply(r).network().model()),
        column(
            "input_size",
            "pixels",
            "height and width of the input, 0 for the file's own",
            r -> of.apply(r).network().inputSize()),
        column(
            "devices",
            "",
            "machines that take part, the head and idle ones included",
            r -> of.apply(r).devices()),
        column(
            "cpu_share",
            "",
            "fraction of one core that the specification asks for, 1 if it asks for none; empty if"
                + " it asks for several, see cpu_shares",
            r -> single(of.apply(r).boards().cpuShares())),
        column(
            "link_mbps",
            "Mbit/s",
            "rate of every link that the specification asks for, empty if it asks for none, or for"
                + " several, see links_mbps",
            r -> single(of.apply(r).boards().linkMbps()).filter(rate -> rate > 0)),
        column(
            "link_delay_ms",
            "ms",
            "delay of every link that the specification asks for",
            r -> of.apply(r).boards().linkDelayMillis()),
        column(
            "memory_mb",
            "MB",
            "memory of every device that the specification asks for, empty if it asks for none",
            r -> Optional.of(of.apply(r).boards().memoryMegabytes()).filter(limit -> limit > 0)),
        column(
            "agents",
            "",
            "agents of the cluster, the head first, separated by semicolons; empty if they are all"
                + " of the specification or local",
            r -> String.join(";", of.apply(r).boards().agents())),
        column("method", "", "what the report calls the way of dividing", r -> of.apply(r).label()),
        column("strategy", "", "how the work is divided", r -> of.apply(r).method().strategy()),
        column(
            "options",
            "",
            "chosen about the strategy, name=value, separated by semicolons",
            r -> MethodWords.options(of.apply(r).method())),
        column("fusion", "", "where fused blocks end", r -> of.apply(r).method().fusion()),
        column(
            "routing",
            "",
            "head or peer: which way slices travel",
            r -> of.apply(r).method().routing().id()),
        column(
            "head_role",
            "",
            "worker (computes strips) or leader (does not)",
            r -> of.apply(r).method().headRole().id()),
        column(
            "pools_on_head",
            "",
            "true if pooling layers run on the head",
            r -> of.apply(r).method().poolsOnHead()),
        column(
            "batch_frames",
            "",
            "frames of a repeat, run as one batch",
            r -> of.apply(r).batch().frames()),
        column(
            "in_flight",
            "",
            "frames of a batch under way at one time",
            r -> of.apply(r).batch().inFlight()));
  }

  private static Optional<Double> single(PerDevice values) {
    return values.same() ? Optional.of(values.of(0)) : Optional.empty();
  }

  /** Returns what each device of a configuration has, the head first; empty if it is not asked. */
  private static String each(Configuration configuration, PerDevice values, boolean asked) {
    return asked
        ? IntStream.range(0, configuration.devices())
            .mapToObj(device -> Figures.plain(values.of(device)))
            .collect(Collectors.joining(";"))
        : "";
  }

  /**
   * Returns the columns that came later: how slices travelled, what that did to outputs, and what
   * each device has.
   */
  static <R> List<Table.Column<R>> later(
      Function<R, Configuration> of, Function<R, Optional<Accuracy>> accuracy) {
    return List.of(
        column(
            "precision",
            "",
            "how slices travelled between devices",
            r -> of.apply(r).method().precision().id()),
        column(
            "max_relative_error",
            "",
            "largest difference of the plan's outputs from the undivided network's, over their"
                + " scale",
            r -> accuracy.apply(r).map(Accuracy::maxRelativeError)),
        column(
            "same_top1_share",
            "",
            "share of the plan's frames with the undivided network's best class; empty without"
                + " classes",
            r -> share(accuracy.apply(r), Accuracy::sameTop1Share)),
        column(
            "top5_share",
            "",
            "mean share of the undivided network's five best classes that are among the plan's;"
                + " empty without classes",
            r -> share(accuracy.apply(r), Accuracy::top5Share)),
        column(
            "cpu_shares",
            "",
            "fraction of one core of each device, the head first, separated by semicolons; empty if"
                + " the specification asks for none",
            r ->
                each(of.apply(r), of.apply(r).boards().cpuShares(), of.apply(r).boards().slowed())),
        column(
            "links_mbps",
            "Mbit/s",
            "rate of each device's link, the head first, separated by semicolons; empty if the"
                + " specification asks for none",
            r -> each(of.apply(r), of.apply(r).boards().linkMbps(), of.apply(r).boards().linked())),
        column(
            "overlap",
            "",
            "auto, on or off: whether strips are computed in parts",
            r -> of.apply(r).method().overlap().id()));
  }

  private static Optional<Double> share(
      Optional<Accuracy> accuracy, Function<Accuracy, OptionalDouble> of) {
    return accuracy.map(of).filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble);
  }
}
