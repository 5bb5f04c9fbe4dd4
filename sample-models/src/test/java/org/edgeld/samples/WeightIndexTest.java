package org.edgeld.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.NoSuchElementException;
import org.edgeld.model.Sha256;
import org.junit.jupiter.api.Test;

class WeightIndexTest {
  private final WeightIndex index =
      new WeightIndex(
          List.of(
              new WeightIndex.Entry("conv1.weight", 0, Sha256.of(ByteBuffer.allocate(8))),
              new WeightIndex.Entry("conv1.bias", 8, Sha256.of(ByteBuffer.allocate(4)))));

  @Test
  void textRoundTrips() {
    assertThat(WeightIndex.parse(index.toText())).isEqualTo(index);
  }

  @Test
  void findsByName() {
    assertThat(index.named(WeightIndex.name("conv1", true)).offsetBytes()).isEqualTo(8);
    assertThatThrownBy(() -> index.named("conv2.weight"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("The weights file has no conv2.weight.");
  }

  @Test
  void damagedLineIsRefused() {
    assertThatThrownBy(() -> WeightIndex.parse("conv1.weight 0"))
        .hasMessage(
            "The line \"conv1.weight 0\" is not \"name offset sha256\". Maybe the weight index is damaged.");
    assertThatThrownBy(() -> WeightIndex.parse("conv1.weight 0 abc"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
