package org.edgeld.workbench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.edgeld.model.TensorShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class FrameInputsTest {
  private static final TensorShape SHAPE = new TensorShape(3, 32, 32);

  /** Of 3072 values whose deviation is at most 3. */
  private static final double SAMPLING = 0.3;

  @Test
  void theFirstIsTheInputItselfAndTheOthersDifferFromItAndEachOther() {
    List<HostTensor> inputs = FrameInputs.of(picture(), 5, 7);

    assertThat(inputs).hasSize(5);
    assertThat(inputs.get(0)).isEqualTo(picture());
    assertThat(inputs.stream().map(HostTensor::nhwc).distinct()).hasSize(5);
    assertThat(inputs).allMatch(input -> input.shape().equals(SHAPE));
  }

  @Test
  void mixturesHaveTheMeanOfTheInputAndAreAsLargeAsIt() {
    double mean = Arrays.stream(values(picture())).average().orElseThrow();
    double largest = Arrays.stream(values(picture())).map(Math::abs).max().orElseThrow();
    for (HostTensor input : FrameInputs.of(picture(), 4, 7)) {
      assertThat(Arrays.stream(values(input)).average().orElseThrow())
          .isCloseTo(mean, within(SAMPLING));
      assertThat(Arrays.stream(values(input)).allMatch(v -> Math.abs(v) <= 1.5 * largest)).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSameInputs() {
    assertThat(FrameInputs.of(picture(), 3, 7)).isEqualTo(FrameInputs.of(picture(), 3, 7));
    assertThat(FrameInputs.of(picture(), 3, 8).get(1))
        .isNotEqualTo(FrameInputs.of(picture(), 3, 7).get(1));
  }

  @Test
  void aUniformInputGivesEqualInputs() {
    HostTensor grey = HostTensor.ofChw(SHAPE, new float[SHAPE.elements()]);
    assertThat(FrameInputs.of(grey, 3, 7)).containsOnly(grey);
  }

  private static double[] values(HostTensor tensor) {
    float[] chw = tensor.toChw();
    double[] values = new double[chw.length];
    for (int i = 0; i < chw.length; i++) {
      values[i] = chw[i];
    }
    return values;
  }

  private static HostTensor picture() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[SHAPE.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (10 * random.nextDouble() - 3);
    }
    return HostTensor.ofChw(SHAPE, values);
  }
}
