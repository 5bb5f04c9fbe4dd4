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
    assertThat(check.explains(check.maxAbsError(0, outputs(2, -10.0005f)))).isTrue();
    assertThat(check.explains(check.maxAbsError(0, outputs(2.1f, -10)))).isFalse();
  }

  @Test
  void numbersThatAreNoneAreNeverExplained() {
    assertThat(check(1, 2).explains(check(1, 2).maxAbsError(0, outputs(Float.NaN, 2)))).isFalse();
    OutputCheck nothing = check(1, Float.NaN);
    assertThat(nothing.explains(nothing.maxAbsError(0, outputs(1, Float.NaN)))).isFalse();
    OutputCheck infinite = check(1, Float.POSITIVE_INFINITY);
    assertThat(infinite.explains(infinite.maxAbsError(0, outputs(5, Float.POSITIVE_INFINITY))))
        .isFalse();
  }

  @Test
  void everyInputHasItsOwnReference() {
    OutputCheck check = new OutputCheck(List.of(outputs(1, 2), outputs(3, -4)));

    assertThat(check.scale()).isEqualTo(4);
    assertThat(check.maxAbsError(0, outputs(1, 2))).isZero();
    assertThat(check.maxAbsError(1, outputs(3, -4))).isZero();
    assertThat(check.explains(check.maxAbsError(1, outputs(1, 2)))).as("mixed up").isFalse();
  }

  @Test
  void inputsAreToldApartByMoreThanRounding() {
    assertThat(new OutputCheck(List.of(outputs(1, 2))).tellsInputsApart()).isTrue();
    assertThat(new OutputCheck(List.of(outputs(1, 2), outputs(1, 3))).tellsInputsApart()).isTrue();
    assertThat(
            new OutputCheck(List.of(outputs(1, 2), outputs(5, 2), outputs(1, 2.00001f)))
                .tellsInputsApart())
        .isFalse();
  }

  private static OutputCheck check(float... values) {
    return new OutputCheck(List.of(outputs(values)));
  }

  private static List<HostTensor> outputs(float... values) {
    return List.of(HostTensor.ofChw(new TensorShape(values.length, 1, 1), values));
  }
}
