package org.edgeld.agent.engine.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.edgeld.geometry.Range;
import org.edgeld.model.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed convolutions beside PyTorch's own. */
class FusedConvolutionsTest {
  /** Single precision, sums of up to 300 products, in another order. */
  private static final float RELATIVE_TOLERANCE = 2e-5f;

  private static final List<Activation> FUSED =
      List.of(
          Activation.NONE,
          Activation.RELU,
          Activation.RELU6,
          Activation.clip(-0.3f, 0.7f),
          new Activation(Activation.Kind.LEAKY_RELU, 0.1f, 0),
          Activation.SIGMOID,
          new Activation(Activation.Kind.TANH, 0, 0),
          Activation.SILU,
          Activation.HARD_SWISH);

  private final PtNDManager manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager();

  @ParameterizedTest(name = "seed={0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyFusedActivationEqualsConvolutionThenActivation(int seed) {
    Random random = new Random(seed);
    FusedConvolutions fused = FusedConvolutions.load(manager).orElseThrow();
    for (Activation activation : FUSED) {
      assertThat(FusedConvolutions.canFuse(activation)).as("%s", activation).isTrue();
      try (NDManager scope = manager.newSubManager()) {
        compare(fused, scope, random, activation);
      }
    }
  }

  private static void compare(
      FusedConvolutions fused, NDManager scope, Random random, Activation activation) {
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    int in = groups * (1 + random.nextInt(9));
    int out = groups * (1 + random.nextInt(17));
    int kernel = 1 + random.nextInt(4);
    Shape stride = new Shape(1 + random.nextInt(2), 1 + random.nextInt(2));
    Shape dilation = new Shape(1 + random.nextInt(2), 1 + random.nextInt(2));
    Shape pad = new Shape(random.nextInt(3), random.nextInt(3));
    NDArray weight = values(scope, random, out, kernel, kernel, in / groups);
    NDArray bias = values(scope, random, out, 1, 1, 1).reshape(out);
    Convolution convolution = new Convolution(in / groups, out / groups, stride, dilation);
    NDArray first = values(scope, random, 1, 9, 8, in);
    try (PackedWeights weights = fused.pack(first, pad, weight, convolution, groups);
        PackedConvolution packed = fused.with(weights, bias, convolution, groups, activation)) {
      // packed for one height, used for all
      for (int height : List.of(9, 7, 21)) {
        NDArray x = values(scope, random, 1, height, 8, in);
        NDArray expected =
            Activations.fused(activation, convolution.ordinary(x, weight, bias, pad, groups));
        expected.attach(scope);
        NDArray got = packed.compute((PtNDManager) scope, x, pad);
        assertThat(got.getShape()).isEqualTo(expected.getShape());
        assertThat(got.sub(expected).abs().max().getFloat())
            .as("%s %s %s groups %d", activation, x.getShape(), weight.getShape(), groups)
            .isLessThanOrEqualTo(RELATIVE_TOLERANCE * Math.max(1, expected.abs().max().getFloat()));
      }
    }
  }

  @Test
  void aSizeIsPackedOnceAndSizesOfTheSameOrderShareTheirWeights() {
    FusedConvolutions fused = FusedConvolutions.load(manager).orElseThrow();
    Shape none = new Shape(0, 0);
    Convolution convolution = new Convolution(64, 96, new Shape(1, 1), new Shape(1, 1));
    Range outputs = Range.upTo(96);
    try (NDManager scope = manager.newSubManager()) {
      Random random = new Random(5);
      NDArray weight = values(scope, random, 96, 1, 1, 64);
      NDArray bias = values(scope, random, 96, 1, 1, 1).reshape(96);
      List<PackedWeights> used = new ArrayList<>();
      List<PackedConvolution> convolutions = new ArrayList<>();
      try (LayerWeights layer = new LayerWeights(List.of(), Optional.of(fused))) {
        for (int height : List.of(1, 2, 7, 8, 14, 56, 7, 1)) {
          NDArray x = values(scope, random, 1, height, 56, 64);
          convolutions.add(
              layer
                  .packed(
                      new LayerWeights.Packing(Range.EMPTY, outputs, x.getShape(), none),
                      by -> by.pack(x, none, weight, convolution, 1),
                      (by, weights) -> {
                        used.add(weights);
                        return by.with(weights, bias, convolution, 1, Activation.RELU);
                      })
                  .orElseThrow());
        }
        assertThat(convolutions.get(6)).isSameAs(convolutions.get(2));
        assertThat(convolutions.get(7)).isSameAs(convolutions.get(0));
        assertThat(used).hasSize(6);
        Set<IValue> kept = used.stream().map(PackedWeights::value).collect(Collectors.toSet());
        Set<ByteBuffer> orders =
            used.stream().map(PackedWeights::order).collect(Collectors.toSet());
        assertThat(kept).hasSameSizeAs(orders);
      }
    }
  }

  /** Returns random values, logically NCHW (or OIHW), in memory channels last. */
  private static NDArray values(NDManager scope, Random random, int n, int h, int w, int c) {
    float[] values = new float[n * h * w * c];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return scope.create(values, new Shape(n, h, w, c)).transpose(0, 3, 1, 2);
  }

  @Test
  void activationsThatTheLibraryLacksAreNotFused() {
    assertThat(FusedConvolutions.canFuse(new Activation(Activation.Kind.MISH, 0, 0))).isFalse();
    assertThat(FusedConvolutions.canFuse(new Activation(Activation.Kind.SQRT, 0, 0))).isFalse();
  }

  @Test
  void anOperatorThatPyTorchLacksIsAnEngineException() {
    assertThatExceptionOfType(EngineException.class)
        .isThrownBy(
            () ->
                Script.compile(
                    manager,
                    """
                      def nothing(self: __torch__.Script, x: Tensor) -> Tensor:
                        return ops.edgeld.no_such_operator(x)
                    """));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void closingGivesThePackedWeightsBack() throws IOException {
    FusedConvolutions fused = FusedConvolutions.load(manager).orElseThrow();
    Shape one = new Shape(1, 1);
    Convolution convolution = new Convolution(256, 256, one, one);
    long packedBytes = 256L * 256 * 9 * Float.BYTES;
    int rounds = 100;
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = scope.ones(new Shape(1, 8, 8, 256)).transpose(0, 3, 1, 2);
      NDArray weight = scope.ones(new Shape(256, 3, 3, 256)).transpose(0, 3, 1, 2);
      NDArray bias = scope.ones(new Shape(256));
      long before = 0;
      for (int i = 0; i < rounds; i++) {
        if (i == rounds / 10) {
          before = residentBytes();
        }
        try (PackedWeights weights = fused.pack(x, one, weight, convolution, 1);
            PackedConvolution packed = fused.with(weights, bias, convolution, 1, Activation.RELU);
            NDArray y = packed.compute((PtNDManager) scope, x, one)) {
          assertThat(y.getShape().get(1)).isEqualTo(256);
        }
      }
      assertThat(residentBytes() - before).isLessThan(rounds / 4 * packedBytes);
    }
  }

  private static long residentBytes() throws IOException {
    String[] pages = Files.readString(Path.of("/proc/self/statm")).split(" ");
    return Long.parseLong(pages[1]) * 4096;
  }
}
