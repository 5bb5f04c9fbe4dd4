package org.edgeld.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.edgeld.model.GraphBuilder.WeightRequest;
import org.junit.jupiter.api.Test;

/** Weights derived from a seed. */
class GraphBuilderTest {
  private static final List<Integer> DIMS = List.of(16, 16, 3, 3);

  private static Set<Float> values(long seed, String layer, boolean bias) {
    WeightRequest request = new WeightRequest(layer, bias, 16 * 9, DIMS);
    WeightRef.Seeded ref = (WeightRef.Seeded) GraphBuilder.seeded(seed).apply(request);
    Set<Float> values = new HashSet<>();
    LongStream.range(0, ref.elements()).forEach(i -> values.add(ref.element(i) / ref.bound()));
    return values;
  }

  @Test
  void seedsLayersAndBiasesHaveSequencesOfTheirOwn() {
    Set<Float> first = values(16, "conv3_1", false);

    assertThat(values(16, "conv3_1", false)).isEqualTo(first);
    for (Set<Float> other :
        List.of(
            values(16, "conv3_2", false),
            values(16, "conv3_1", true),
            values(17, "conv3_1", false))) {
      other.retainAll(first);
      // 2304 values each of 2^24 meet by chance in less than one
      assertThat(other).hasSizeLessThan(10);
    }
  }
}
