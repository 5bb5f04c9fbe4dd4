package org.edgeld.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.edgeld.workbench.fixture.KeptRuns;
import org.edgeld.workbench.plan.Routing;
import org.edgeld.workbench.run.Batch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class HistoryFilterTest {
  private final HistoryItem two =
      item(1, KeptRuns.of(2), new RunNotes("Before the change", List.of("night")));
  private final HistoryItem three =
      item(2, KeptRuns.of(3, Routing.HEAD, Batch.ONE), new RunNotes("", List.of("night", "hot")));
  private final List<HistoryItem> all = List.of(two, three);

  private static HistoryItem item(int number, KeptRun run, RunNotes notes) {
    return new HistoryItem(number, RunHead.of(run), notes, false);
  }

  private List<HistoryItem> of(HistoryFilter filter) {
    return filter.of(all, HistoryOrder.NEWEST);
  }

  @Test
  void textIsFoundInNameTagsMethodNetworkAndDevices() {
    assertThat(of(HistoryFilter.ALL)).containsExactly(three, two);
    assertThat(of(HistoryFilter.ALL.withText("BEFORE change"))).containsExactly(two);
    assertThat(of(HistoryFilter.ALL.withText("hot"))).containsExactly(three);
    assertThat(of(HistoryFilter.ALL.withText("board-3"))).containsExactly(three);
    assertThat(of(HistoryFilter.ALL.withText("fashion equal"))).hasSize(2);
    assertThat(of(HistoryFilter.ALL.withText("#1"))).containsExactly(two);
    assertThat(of(HistoryFilter.ALL.withText("nothing"))).isEmpty();
  }

  @Test
  void chipsNarrowTheListAndGoAgain() {
    HistoryFilter hot = HistoryFilter.ALL.toggleTag("night").toggleTag("hot");
    assertThat(of(hot)).as("all tags").containsExactly(three);
    assertThat(of(hot.toggleTag("hot"))).hasSize(2);
    assertThat(of(HistoryFilter.ALL.toggleDevices(2))).containsExactly(two);
    assertThat(of(HistoryFilter.ALL.toggleDevices(2).toggleDevices(3))).hasSize(2);
    assertThat(of(HistoryFilter.ALL.toggleModel("vgg16"))).isEmpty();
    assertThat(of(HistoryFilter.ALL.toggleStrategy("equal"))).hasSize(2);
    assertThat(HistoryFilter.ALL.toggleModel("vgg16").toggleModel("vgg16"))
        .isEqualTo(HistoryFilter.ALL);
    assertThat(HistoryFilter.ALL.toggleStrategy("equal").strategies()).isEqualTo(Set.of("equal"));
  }

  private static HistoryItem begun(int number, long second) {
    RunHead head = RunHead.of(KeptRuns.of(2));
    return new HistoryItem(
        number,
        new RunHead(
            Instant.ofEpochSecond(second),
            head.model(),
            head.method(),
            head.details(),
            head.devices(),
            head.head(),
            head.times(),
            head.digests(),
            head.rerunOf()),
        RunNotes.NONE,
        false);
  }

  @Test
  void runsThatCouldNotBeKeptStandWhereTheyBegan() {
    HistoryItem kept = begun(7, 200);
    HistoryItem first = begun(0, 100);
    HistoryItem second = begun(-1, 300);
    HistoryItem third = begun(-2, 300);
    assertThat(HistoryFilter.ALL.of(List.of(first, second, third, kept), HistoryOrder.NEWEST))
        .containsExactly(third, second, kept, first);
  }

  @Test
  void ordersPutTheRightRunFirst() {
    assertThat(HistoryFilter.ALL.of(all, HistoryOrder.TITLE)).containsExactly(two, three);
    assertThat(HistoryFilter.ALL.of(all, HistoryOrder.MODEL)).containsExactly(two, three);
    assertThat(HistoryFilter.ALL.of(all, HistoryOrder.FASTEST))
        .as("of equals the newest")
        .containsExactly(three, two);
  }
}
