package org.edgeld.workbench.experiment.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.workbench.experiment.paper.Reproduction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Numbers and names as tables have them. */
@Tag("core")
class NumbersTest {
  @Test
  void threeDigitsAreKeptAndNoneOfALargerWholeNumberIsLost() {
    assertThat(List.of(0.012345, -1.2345, 99.96, 999.4, 999.6, 1234.5, 12345.4, -12345.6))
        .extracting(Numbers::digits3)
        .containsExactly("0.0123", "-1.23", "100", "999", "1000", "1235", "12345", "-12346");
    assertThat(Numbers.digits3(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
  }

  @Test
  void noOutliersAreSaidPlainly() {
    SweepSummary nothing = SweepSummary.of(Reproduction.of(true, List.of()).spec(), List.of());
    assertThat(Numbers.outliers(nothing))
        .isEqualTo(
            "No batch of plans is far from the others of its trial (modified z-score above 3.5);"
                + " samples.csv marks those of the baselines that are.");
  }

  @Test
  void latexShowsEveryCharacterOfANameAsItIs() {
    assertThat(LatexTable.escaped("a<b>|c| \"d\" ~e^ \\f_{g}&h%$#"))
        .isEqualTo(
            "a\\textless{}b\\textgreater{}\\textbar{}c\\textbar{} ''d'' \\textasciitilde{}e"
                + "\\textasciicircum{} \\textbackslash{}f\\_\\{g\\}\\&h\\%\\$\\#");
  }
}
