package org.edgeld.samples;

import java.util.List;
import java.util.Optional;

/** The catalogue of built-in networks, in the order a list shows them. */
public final class SampleModels {
  private static final List<SampleModel> ALL =
      List.of(
          Vgg.VGG11,
          Vgg.VGG13,
          Vgg.VGG16,
          Vgg.VGG19,
          new AlexNet(),
          ResNet.RESNET18,
          ResNet.RESNET34,
          ResNet.RESNET50,
          new MobileNetV2(),
          new SqueezeNet(),
          new GoogLeNet(),
          new DarkNet19(),
          new TinyYolo(),
          new EfficientNet(),
          new FashionNet());

  private SampleModels() {}

  /** Returns every built-in network. */
  public static List<SampleModel> all() {
    return ALL;
  }

  /** Returns the network whose {@link SampleModel#id} is {@code id}, if there is one. */
  public static Optional<SampleModel> find(String id) {
    return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
  }
}
