package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.edgeld.model.TensorShape;
import org.edgeld.program.Precision;
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

  @Test
  void classesAreComparedByTheirOrder() {
    OutputCheck check = check(6, 5, 4, 3, 2, 1, 0);
    assertThat(check.classes(0, outputs(6, 5, 4, 3, 2, 1, 0)))
        .contains(new ClassAgreement(true, 1));
    assertThat(check.classes(0, outputs(9, 2, 3, 4, 5, 1, 0)))
        .as("in another order")
        .contains(new ClassAgreement(true, 1));
    assertThat(check.classes(0, outputs(5, 6, 4, 3, 0, 1, 2)))
        .contains(new ClassAgreement(false, 0.8));
    HostTensor map = HostTensor.ofChw(new TensorShape(1, 2, 1), new float[] {1, 2});
    assertThat(new OutputCheck(List.of(List.of(map))).classes(0, List.of(map)))
        .as("no classes")
        .isEmpty();
  }

  @Test
  void errorsOfRoundedTransfersAreExplainedAsLongAsThereAreNumbers() {
    OutputCheck check = check(1, 2);
    assertThat(check.explains(0.5, Precision.INT8)).isTrue();
    assertThat(check.explains(Double.POSITIVE_INFINITY, Precision.INT8)).isFalse();
    assertThat(check.explains(0.5, Precision.LOSSLESS)).isFalse();
    assertThat(check.explains(0.5, Precision.FLOAT32)).isFalse();
  }
}
