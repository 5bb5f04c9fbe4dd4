package org.edgeld.workbench.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.edgeld.workbench.experiment.spec.Boards;
import org.edgeld.workbench.experiment.spec.Network;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SweepProfilesTest {
  private static Path file(String model, int size) {
    return SweepProfiles.file(
        Path.of("profiles"), new Boards(0.2, 10, 0), new Network(model, size));
  }

  @Test
  void networksHaveProfilesOfTheirOwnWhateverTheirNames() {
    assertThat(file("模型一.onnx", 0)).isNotEqualTo(file("模型二.onnx", 0));
    assertThat(file("a/net.onnx", 0)).isNotEqualTo(file("a_net.onnx", 0));
    assertThat(file("vgg16", 64)).isNotEqualTo(file("vgg16", 96));
    assertThat(file("vgg16", 64).getFileName().toString()).endsWith("vgg16-64.json");
  }
}
