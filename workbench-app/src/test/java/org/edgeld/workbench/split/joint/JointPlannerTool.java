package org.edgeld.workbench.split.joint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.edgeld.workbench.fixture.RealClusters;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.PlannedRun;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.junit.jupiter.api.Test;

/**
 * The joint plan against the plans of all other strategies for real networks of full size: {@code
 * mvn -q -B -pl workbench-app -am test -Dtest=JointPlannerTool
 * -Dsurefire.failIfNoSpecifiedTests=false}. First on {@code -Dedgeld.clusters=500} of them, then on
 * the first {@code -Dedgeld.dominated=100} in which computing dominates, which are few of all.
 * Prints the figures of both and writes a row per cluster to {@code target/joint-planner.csv}.
 * Takes up to an hour, so its name keeps it out of the ordinary tests.
 */
class JointPlannerTool {
  private static final int CLUSTERS = Integer.getInteger("edgeld.clusters", 500);
  private static final int DOMINATED = Integer.getInteger("edgeld.dominated", 100);

  private final DefaultPlanner planner = DefaultPlanner.load();

  @Test
  void noOtherStrategyIsPredictedToBeFaster() throws Exception {
    Path file = Path.of("target", "joint-planner.csv").toAbsolutePath();
    Files.createDirectories(file.getParent());
    try (PrintWriter csv = new PrintWriter(Files.newBufferedWriter(file), true)) {
      csv.println(
          "seed,model,devices,routing,overlap,precision,compute_ms,send_ms,joint_ms,lower_bound_ms,"
              + "gap_percent,fastest_other_ms,faster_than_joint");
      JointFigures any = compare(IntStream.range(0, CLUSTERS), csv);
      System.out.print("Any clusters. " + any.text());
      JointFigures dominated =
          compare(
              IntStream.iterate(0, seed -> seed + 1)
                  .filter(seed -> ComputeAgainstLinks.dominates(RealClusters.request(seed)))
                  .limit(DOMINATED),
              csv);
      System.out.print("Clusters in which computing dominates. " + dominated.text());
      assertThat(any.slower() + dominated.slower()).isZero();
    }
  }

  private JointFigures compare(IntStream seeds, PrintWriter csv) {
    JointFigures figures = new JointFigures();
    seeds.forEach(
        seed -> {
          PlanRequest request = RealClusters.request(seed);
          AgainstAll all = AgainstAll.ofBothRoutings(planner, request);
          figures.add(request, all);
          csv.println(row(seed, request, all));
        });
    return figures;
  }

  private static String row(int seed, PlanRequest request, AgainstAll all) {
    ComputeAgainstLinks weights = ComputeAgainstLinks.of(request);
    return String.format(
        Locale.ROOT,
        "%d,%s,%d,%s,%s,%s,%.3f,%.3f,%s,%.3f,%s",
        seed,
        request.graph().name(),
        request.profile().size(),
        request.method().routing().id(),
        request.method().overlap().id(),
        request.method().precision().id(),
        weights.computeNanos() / 1e6,
        weights.sendNanos() / 1e6,
        all.joint().map(JointPlannerTool::figures).orElse(",,"),
        all.fastestOtherNanos() / 1e6,
        all.faster().stream().map(JointPlannerTool::words).collect(Collectors.joining(" ")));
  }

  private static String figures(PlannedRun joint) {
    return String.format(
        Locale.ROOT,
        "%.3f,%.3f,%.1f",
        joint.prediction().latencyNanos() / 1e6,
        joint.lowerBoundNanos() / 1e6,
        100 * joint.gap());
  }

  private static String words(PlannedRun run) {
    PlanRequest request = run.request();
    return String.format(
        Locale.ROOT,
        "%s/%s/%s=%.3f",
        request.method().strategy(),
        request.method().fusion(),
        request.method().routing().id(),
        run.prediction().latencyNanos() / 1e6);
  }
}
