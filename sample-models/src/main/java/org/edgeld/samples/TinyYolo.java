package org.edgeld.samples;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.Model;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;

/**
 * Tiny YOLOv2 for the 20 classes of Pascal VOC: the small detector that comes with YOLO9000 (Redmon
 * &amp; Farhadi, CVPR 2017), as Darknet's file {@code yolov2-tiny-voc.cfg} describes it.
 *
 * <p>The output is the detector's raw map, 125 channels for each of 13×13 cells at 416: for five
 * anchors each the box (4), whether it is an object (1) and the classes (20). Batch normalisation
 * is folded into the convolutions; the weights come from a seed and mean nothing.
 */
final class TinyYolo implements SampleModel {
  private static final long SEED = 2017;
  private static final int ANCHORS = 5;
  private static final int CLASSES = 20;
  private static final List<Integer> CHANNELS = List.of(16, 32, 64, 128, 256, 512);
  private static final Window THREE = Window.of(3, 1, 1);

  /** The last pooling keeps the size: it pads a row below and a column to the right. */
  private static final Window KEEPING = new Window(2, 1, 0, 1, 1);

  /** Five halvings need 32 rows. */
  private static final InputSizes SIZES = InputSizes.limitedByMaps(32, 5792, 416);

  @Override
  public String id() {
    return "tinyyolo";
  }

  @Override
  public String title() {
    return "Tiny YOLOv2";
  }

  @Override
  public String description() {
    return "A detector of nine convolutions that yields boxes as a map, the small YOLOv2 of Redmon & Farhadi, CVPR 2017; random weights.";
  }

  @Override
  public InputSizes inputSizes() {
    return SIZES;
  }

  @Override
  public Model create(int inputSize) {
    SIZES.check(id(), inputSize);
    return new Model(id(), graph(inputSize), DarkNet19.ENCODING, List.of(), WeightSource.NONE);
  }

  private static ModelGraph graph(int inputSize) {
    GraphBuilder net =
        new GraphBuilder(
            "Tiny YOLOv2", new TensorShape(3, inputSize, inputSize), GraphBuilder.seeded(SEED));
    TensorId x = TensorId.INPUT;
    for (int i = 1; i <= CHANNELS.size(); i++) {
      x = net.conv("conv" + i, x, CHANNELS.get(i - 1), THREE, DarkNet19.LEAKY);
      x = net.maxPool("pool" + i, x, i < CHANNELS.size() ? Window.of(2, 2, 0) : KEEPING);
    }
    x = net.conv("conv7", x, 1024, THREE, DarkNet19.LEAKY);
    x = net.conv("conv8", x, 1024, THREE, DarkNet19.LEAKY);
    net.conv("conv9", x, ANCHORS * (4 + 1 + CLASSES), Window.of(1, 1, 0), Activation.NONE);
    return net.build();
  }
}
