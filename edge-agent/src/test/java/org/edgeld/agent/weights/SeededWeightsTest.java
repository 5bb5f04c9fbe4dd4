package org.edgeld.agent.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.edgeld.model.Sha256;
import org.edgeld.model.WeightRef;
import org.junit.jupiter.api.Test;

class SeededWeightsTest {
  @Test
  void everyElementIsWhatItsRecipeSays() throws IOException {
    for (int elements : new int[] {1, 4095, 4096, 4097, 20_000}) {
      WeightRef.Seeded ref = new WeightRef.Seeded(-elements * 77L, 0.3f, List.of(elements));
      ByteBuffer target = ByteBuffer.allocateDirect(elements * 4).order(ByteOrder.nativeOrder());
      new SeededWeights().read(ref, target);
      for (int i = 0; i < elements; i++) {
        assertThat(target.getFloat(4 * i)).isEqualTo(ref.element(i));
      }
    }
  }

  @Test
  void anyPartIsAsInTheWhole() throws IOException {
    WeightRef.Seeded ref = new WeightRef.Seeded(9, 0.3f, List.of(100, 100));
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      int first = random.nextInt(10_000);
      int elements = 1 + random.nextInt(10_000 - first);
      ByteBuffer target = ByteBuffer.allocateDirect(elements * 4).order(ByteOrder.nativeOrder());
      new SeededWeights().read(ref, first, target);
      for (int k = 0; k < elements; k++) {
        assertThat(target.getFloat(4 * k)).isEqualTo(ref.element(first + k));
      }
    }
  }

  @Test
  void storedWeightsAreNotInvented() {
    WeightRef ref = new WeightRef.Stored(Sha256.of(ByteBuffer.allocate(4)), List.of(1));
    assertThatThrownBy(() -> new SeededWeights().read(ref, ByteBuffer.allocateDirect(4)))
        .isInstanceOf(IOException.class);
  }
}
