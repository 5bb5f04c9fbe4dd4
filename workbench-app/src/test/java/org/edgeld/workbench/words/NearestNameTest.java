package org.edgeld.workbench.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("single", "equal", "bodp", "ocbp", "ocbp-paper");

  @Test
  void slipsOfTheFingersAreUnderstood() {
    assertThat(NearestName.of("ocpb", KNOWN)).contains("ocbp");
    assertThat(NearestName.of("OCBP", KNOWN)).contains("ocbp");
    assertThat(NearestName.of("bopd", KNOWN)).contains("bodp");
    assertThat(NearestName.of("equals", KNOWN)).contains("equal");
    assertThat(NearestName.of("ocbppaper", KNOWN)).contains("ocbp-paper");
  }

  @Test
  void farFetchedNamesAreNotGuessed() {
    assertThat(NearestName.of("x", KNOWN)).isEmpty();
    assertThat(NearestName.of("", KNOWN)).isEmpty();
    assertThat(NearestName.of("proportional", KNOWN)).isEmpty();
    assertThat(NearestName.of("single", List.of())).isEmpty();
  }
}
