package org.edgeld.agent.bench;

import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.ModelGraph;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;

/** Networks with weights from seeds; time does not depend on the values. */
public final class BenchNetworks {
  /** Channels of VGG16's convolutions (Simonyan and Zisserman 2015), 0 for a pool. */
  private static final int[] VGG16 = {
    64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0
  };

  private BenchNetworks() {}

  /** Returns VGG16 of a square input. */
  public static ModelGraph vgg16(int size) {
    GraphBuilder builder =
        new GraphBuilder("vgg16", new TensorShape(3, size, size), GraphBuilder.seeded(1));
    TensorId x = TensorId.INPUT;
    int stage = 1;
    int index = 1;
    for (int channels : VGG16) {
      if (channels == 0) {
        x = builder.maxPool("pool" + stage, x, Window.of(2, 2, 0));
        stage++;
        index = 1;
      } else {
        String name = "conv" + stage + "_" + index;
        x = builder.conv(name, x, channels, Window.of(3, 1, 1), Activation.RELU);
        index++;
      }
    }
    x = builder.flatten("flatten", x);
    x = builder.linear("fc6", x, 4096, Activation.RELU);
    x = builder.linear("fc7", x, 4096, Activation.RELU);
    builder.linear("fc8", x, 1000, Activation.NONE);
    return builder.build();
  }

  /**
   * Returns a projection to 256 channels and a residual block as in the first stage of ResNet-50.
   */
  static ModelGraph residual() {
    GraphBuilder builder =
        new GraphBuilder("residual", new TensorShape(64, 56, 56), GraphBuilder.seeded(1));
    Window one = Window.of(1, 1, 0);
    TensorId shortcut = builder.conv("shortcut", TensorId.INPUT, 256, one, Activation.RELU);
    TensorId x = builder.conv("conv1", shortcut, 64, one, Activation.RELU);
    x = builder.conv("conv2", x, 64, Window.of(3, 1, 1), Activation.RELU);
    x = builder.conv("conv3", x, 256, one, Activation.NONE);
    builder.sum("sum", List.of(shortcut, x), Activation.RELU);
    return builder.build();
  }

  /** Convolutions of one channel on a tiny map: next to nothing to compute. */
  static ModelGraph chain(int layers) {
    GraphBuilder builder =
        new GraphBuilder("chain", new TensorShape(1, 4, 4), GraphBuilder.seeded(1));
    TensorId x = TensorId.INPUT;
    for (int i = 0; i < layers; i++) {
      x = builder.conv("conv" + i, x, 1, Window.of(1, 1, 0), Activation.NONE);
    }
    return builder.build();
  }
}
