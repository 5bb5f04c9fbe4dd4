package org.edgeld.workbench.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.edgeld.workbench.fixture.RandomClusters;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.fusion.FusionRules;
import org.edgeld.workbench.plan.PlanRequest;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.split.SplitStrategies;
import org.edgeld.workbench.split.SplitStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class RivalsTest {
  private static final Rivals RIVALS = new Rivals(SplitStrategies.load(), FusionRules.load());

  private static Map<String, List<String>> fusions(String fusion) {
    PlanRequest request = RandomClusters.request(SmallModels.all(), 1, 1e-3).with("joint", fusion);
    return RIVALS.of(request, strategy -> !strategy.id().equals("joint")).stream()
        .collect(
            Collectors.groupingBy(
                asked -> asked.method().strategy(),
                Collectors.mapping(asked -> asked.method().fusion(), Collectors.toList())));
  }

  @ParameterizedTest
  @CsvSource({"3, layer between-pools 3", "layer, layer between-pools"})
  void whatUsesAFusionRulePlansWithEachAndWithTheOneAskedFor(String asked, String rules) {
    Map<String, List<String>> fusions = fusions(asked);
    assertThat(fusions.get("equal")).containsExactlyInAnyOrder(rules.split(" "));
    assertThat(fusions.get("ftp")).containsExactlyInAnyOrder(rules.split(" "));
    assertThat(fusions.get("aofl")).as("it decides itself where blocks end").hasSize(1);
  }

  private static List<PlanRequest> throughHead(PlanRequest request) {
    return RIVALS.throughHead(request, strategy -> !strategy.id().equals("joint"));
  }

  @Test
  void onSmallNetworksWhatUsesRoutingAlsoPlansThroughTheHead() {
    PlanRequest request =
        RandomClusters.request(SmallModels.all(), 1, 1e-3).with(Routing.PEER).with("joint", "2");

    List<PlanRequest> requests = throughHead(request);

    assertThat(requests).isNotEmpty().allMatch(rival -> rival.method().routing() == Routing.HEAD);
    assertThat(requests).filteredOn(rival -> rival.method().strategy().equals("aofl")).hasSize(1);
    assertThat(requests)
        .filteredOn(rival -> rival.method().strategy().equals("equal"))
        .extracting(rival -> rival.method().fusion())
        .containsExactlyInAnyOrder("layer", "between-pools", "2");
    assertThat(requests).noneMatch(rival -> rival.method().strategy().equals("single"));
  }

  @Test
  void nobodyPlansThroughTheHeadASecondTime() {
    PlanRequest request =
        RandomClusters.request(SmallModels.all(), 1, 1e-3).with(Routing.HEAD).with("joint", "2");

    assertThat(throughHead(request)).isEmpty();
  }

  @Test
  void everyStrategyThatIsWantedTakesPart() {
    assertThat(fusions("layer"))
        .containsOnlyKeys(
            SplitStrategies.load().all().stream()
                .map(SplitStrategy::id)
                .filter(id -> !id.equals("joint"))
                .toList());
  }
}
