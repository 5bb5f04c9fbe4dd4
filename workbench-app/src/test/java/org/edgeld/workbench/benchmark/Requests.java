package org.edgeld.workbench.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.edgeld.model.ModelGraph;
import org.edgeld.program.DeviceId;
import org.edgeld.samples.SampleModel;
import org.edgeld.samples.SampleModels;
import org.edgeld.workbench.plan.Method;
import org.edgeld.workbench.plan.Overlap;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.profile.Board;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;

/** What is planned in benchmarks: boards of two speeds behind links of 100 Mbit/s. */
final class Requests {
  private Requests() {}

  static PlanRequest of(String model, int devices, String strategy, Overlap overlap) {
    SampleModel sample =
        SampleModels.all().stream()
            .filter(known -> known.id().equals(model))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(model + " is no sample model."));
    ModelGraph graph = sample.create(sample.defaultInputSize()).graph();
    List<Board> boards = new ArrayList<>(Board.parse("fast:16:8"));
    boards.addAll(Board.parse("slow:8:4"));
    return new PlanRequest(
        graph,
        RooflineProfile.of(graph, Board.repeated(boards, devices), new LinkEstimate(600_000, 1e8)),
        new DeviceId(0),
        Method.of(strategy).withFusion("layer").with(overlap));
  }
}
