package org.edgeld.samples.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.edgeld.model.InputEncoding;

/**
 * Fits a network to pictures with Adam (Kingma &amp; Ba, 2015) on the cross-entropy of its logits.
 * Start values, order and augmentation follow from the seed alone; the engine's sums may still
 * differ in the last bit between processors and numbers of threads.
 */
final class Trainer {
  private static final int EVALUATION_BATCH = 500;

  private final TrainingSettings settings;
  private final InputEncoding encoding;
  private final PrintStream progress;

  Trainer(TrainingSettings settings, InputEncoding encoding, PrintStream progress) {
    this.settings = settings;
    this.encoding = encoding;
    this.progress = progress;
  }

  /** Trains {@code network} in place and prints a line an epoch. */
  void train(DjlNetwork network, LabelledImages images) {
    Augmentation augmentation = new Augmentation(encoding, settings.maxShift(), true);
    int batches = images.count() / settings.batchSize();
    int steps = settings.epochs() * batches;
    Optimizer adam =
        Adam.builder()
            .optLearningRateTracker((id, step) -> settings.learningRate(step, steps))
            .build();
    Random random = new Random(settings.seed());
    int[] order = IntStream.range(0, images.count()).toArray();
    long start = System.nanoTime();
    for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
      shuffle(order, random);
      double lossSum = 0;
      for (int b = 0; b < batches; b++) {
        int[] batch =
            Arrays.copyOfRange(order, b * settings.batchSize(), (b + 1) * settings.batchSize());
        lossSum += step(network, adam, images, batch, augmentation, random);
      }
      progress.printf(
          "epoch %d of %d: loss %.4f, %d s%n",
          epoch, settings.epochs(), lossSum / batches, (System.nanoTime() - start) / 1_000_000_000);
    }
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  private static double step(
      DjlNetwork network,
      Optimizer adam,
      LabelledImages images,
      int[] batch,
      Augmentation augmentation,
      RandomGenerator random) {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray input = input(scope, images, batch, augmentation, random);
      NDArray labels = scope.create(IntStream.of(batch).mapToLong(images::label).toArray());
      double loss;
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray mean =
            Loss.softmaxCrossEntropyLoss()
                .evaluate(new NDList(labels), new NDList(network.forward(input)));
        gradients.backward(mean);
        loss = mean.getFloat();
      }
      for (Map.Entry<String, NDArray> parameter : network.parameters().entrySet()) {
        try (NDArray gradient = parameter.getValue().getGradient()) {
          adam.update(parameter.getKey(), parameter.getValue(), gradient);
          // the engine adds to gradients, so the next step starts from none
          gradient.subi(gradient);
        }
      }
      return loss;
    }
  }

  /** Returns the class the network gives to every picture. */
  int[] classify(DjlNetwork network, LabelledImages images) {
    Augmentation plain = Augmentation.none(encoding);
    Random unused = new Random(0);
    int[] classes = new int[images.count()];
    for (int from = 0; from < images.count(); from += EVALUATION_BATCH) {
      int[] batch =
          IntStream.range(from, Math.min(images.count(), from + EVALUATION_BATCH)).toArray();
      try (NDManager scope = network.manager().newSubManager()) {
        NDArray logits = network.forward(input(scope, images, batch, plain, unused));
        long[] best = logits.argMax(1).toLongArray();
        for (int i = 0; i < best.length; i++) {
          classes[from + i] = (int) best[i];
        }
      }
    }
    return classes;
  }

  private static NDArray input(
      NDManager scope,
      LabelledImages images,
      int[] batch,
      Augmentation augmentation,
      RandomGenerator random) {
    int side = images.side();
    FloatBuffer pixels = FloatBuffer.allocate(batch.length * side * side);
    for (int image : batch) {
      augmentation.append(images, image, random, pixels);
    }
    return scope.create(pixels.array(), new Shape(batch.length, 1, side, side));
  }
}
