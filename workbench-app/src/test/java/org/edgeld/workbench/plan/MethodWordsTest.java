package org.edgeld.workbench.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.edgeld.program.Precision;
import org.edgeld.workbench.plan.MethodWords.Part;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class MethodWordsTest {
  private static final Method METHOD =
      Method.of("ftp").with(Map.of("grid", "2x2", "a", "on")).withFusion("3");

  @Test
  void aLabelTellsWhatItIsAskedToTell() {
    Method method = METHOD.with(Overlap.AUTO).with(Precision.INT8);
    assertThat(MethodWords.label(method, EnumSet.allOf(Part.class)))
        .isEqualTo("ftp(a=on;grid=2x2)/3/peer/overlap-auto/int8");
    assertThat(MethodWords.label(method, Set.of(Part.OVERLAP)))
        .isEqualTo("ftp(a=on;grid=2x2)/overlap-auto");
    assertThat(MethodWords.label(Method.of("ocbp"), Set.of())).isEqualTo("ocbp");
  }

  @Test
  void listsOfRunsLeaveOutWhatIsStandardThere() {
    Optional<String> none = Optional.empty();
    assertThat(MethodWords.brief(none, Method.of("ocbp").with(Overlap.AUTO)))
        .isEqualTo("ocbp · pools · peer");
    assertThat(MethodWords.brief(none, METHOD.with(Precision.INT8)))
        .isEqualTo("ftp on 2x2 · depth 3 · peer · overlap off · int8");
    assertThat(MethodWords.brief(Optional.of("edgeld"), METHOD.with(Precision.FLOAT16)))
        .isEqualTo("edgeld scheme · float16");
  }

  @Test
  void sentencesGoOnWithStrategyFusionAndRouting() {
    assertThat(MethodWords.clause(METHOD.with(Routing.HEAD)))
        .isEqualTo("ftp, fusion 3, routing head");
  }
}
