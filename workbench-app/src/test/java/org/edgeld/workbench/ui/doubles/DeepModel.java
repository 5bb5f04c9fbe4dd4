package org.edgeld.workbench.ui.doubles;

import java.nio.ByteBuffer;
import java.util.List;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.Model;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.Window;
import org.edgeld.samples.InputSizes;
import org.edgeld.samples.SampleModel;

/** A chain of sixty layers, to see whether the map stays readable. */
public final class DeepModel implements SampleModel {
  private static final int CONVOLUTIONS = 55;

  @Override
  public String id() {
    return "deep60";
  }

  @Override
  public String title() {
    return "Deep60";
  }

  @Override
  public String description() {
    return "Sixty layers in a row.";
  }

  @Override
  public InputSizes inputSizes() {
    return InputSizes.only(128);
  }

  @Override
  public Model create(int inputSize) {
    GraphBuilder builder =
        new GraphBuilder(title(), new TensorShape(3, 128, 128), GraphBuilder.seeded(1));
    TensorId last = TensorId.INPUT;
    int channels = 16;
    for (int i = 1; i <= CONVOLUTIONS; i++) {
      last = builder.conv("conv" + i, last, channels, Window.of(3, 1, 1), Activation.RELU);
      if (i % 18 == 0) {
        last = builder.maxPool("pool" + i / 18, last, Window.of(2, 2, 0));
        channels *= 2;
      }
    }
    last = builder.flatten("flatten", last);
    builder.linear("fc", last, 10, Activation.NONE);
    return new Model(
        id(), builder.build(), InputEncoding.IMAGENET, List.of(), hash -> ByteBuffer.allocate(0));
  }
}
