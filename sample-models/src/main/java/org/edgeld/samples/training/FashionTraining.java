package org.edgeld.samples.training;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import org.edgeld.model.GraphBuilder;
import org.edgeld.samples.FashionNet;

/**
 * Trains {@link FashionNet} and writes its weights, their index, a record of the training and
 * example pictures. Arguments: the folder to write to, and optionally the folder of the data set,
 * where Debian's package {@code dataset-fashion-mnist} puts it unless said otherwise.
 */
public final class FashionTraining {
  static final String DEBIAN_FOLDER = "/usr/share/datasets/fashion-mnist";
  private static final TrainingSettings SETTINGS = new TrainingSettings(12, 128, 2e-3, 1, 2017);

  private FashionTraining() {}

  /** Trains; ends with exit code 1 and one sentence if the data set or the folder does not work. */
  public static void main(String[] args) {
    if (args.length < 1 || args.length > 2) {
      System.err.println("Usage: FashionTraining OUTPUT-FOLDER [DATA-FOLDER]");
      System.exit(2);
    }
    DjlNetwork.configureEngine();
    try {
      run(Path.of(args[0]), Path.of(args.length == 2 ? args[1] : DEBIAN_FOLDER), System.out);
    } catch (IOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Path output, Path data, PrintStream progress) throws IOException {
    TrainedFiles files = new TrainedFiles(output, Clock.systemUTC());
    files.prepare();
    LabelledImages train = LabelledImages.read(data, "train");
    LabelledImages test = LabelledImages.read(data, "t10k");
    progress.printf(
        "%d pictures to train on, mean %.4f, deviation %.4f; %d to test with%n",
        train.count(), train.mean(), train.deviation(), test.count());
    Trainer trainer = new Trainer(SETTINGS, FashionNet.ENCODING, progress);
    try (DjlNetwork network =
        new DjlNetwork(FashionNet.graph(GraphBuilder.seeded(SETTINGS.seed())))) {
      trainer.train(network, train);
      TestResult result = TestResult.of(test, trainer.classify(network, test));
      progress.printf("test accuracy %.2f %%%n", 100 * result.accuracy());
      files.write(network, SETTINGS, test, result);
      progress.println("written to " + output);
    }
  }
}
