package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.Test;

/** What counts as the same output. */
class OutputCheckTest {
  @Test
  void roundingIsExplainedAndMoreIsNot() {
    OutputCheck check = check(2, -10);

    assertThat(check.scale()).isEqualTo(10);
    assertThat(check.explains(check.maxAbsError(outputs(2, -10.0005f)))).isTrue();
    assertThat(check.explains(check.maxAbsError(outputs(2.1f, -10)))).isFalse();
  }

  @Test
  void numbersThatAreNoneAreNeverExplained() {
    assertThat(check(1, 2).explains(check(1, 2).maxAbsError(outputs(Float.NaN, 2)))).isFalse();
    OutputCheck nothing = check(1, Float.NaN);
    assertThat(nothing.explains(nothing.maxAbsError(outputs(1, Float.NaN)))).isFalse();
    OutputCheck infinite = check(1, Float.POSITIVE_INFINITY);
    assertThat(infinite.explains(infinite.maxAbsError(outputs(5, Float.POSITIVE_INFINITY))))
        .isFalse();
  }

  private static OutputCheck check(float... values) {
    return new OutputCheck(outputs(values));
  }

  private static List<HostTensor> outputs(float... values) {
    return List.of(HostTensor.ofChw(new TensorShape(values.length, 1, 1), values));
  }
}
