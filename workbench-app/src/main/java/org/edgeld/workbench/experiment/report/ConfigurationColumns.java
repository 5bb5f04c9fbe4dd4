package org.edgeld.workbench.experiment.report;

import static org.edgeld.workbench.experiment.report.Table.column;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.edgeld.workbench.experiment.TrialRecord.Accuracy;
import org.edgeld.workbench.experiment.spec.Configuration;
import org.edgeld.workbench.plan.MethodWords;

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
            "fraction of one core that the specification asks for, 1 if it asks for none",
            r -> of.apply(r).boards().cpuShare()),
        column(
            "link_mbps",
            "Mbit/s",
            "rate of every link that the specification asks for, empty if it asks for none",
            r -> Optional.of(of.apply(r).boards().linkMbps()).filter(rate -> rate > 0)),
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

  /** Returns the columns that came later: how slices travelled, and what that did to outputs. */
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
            r -> share(accuracy.apply(r), Accuracy::top5Share)));
  }

  private static Optional<Double> share(
      Optional<Accuracy> accuracy, Function<Accuracy, OptionalDouble> of) {
    return accuracy.map(of).filter(OptionalDouble::isPresent).map(OptionalDouble::getAsDouble);
  }
}
