package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.workbench.onnx.graph.ModelFileException;
import org.edgeld.workbench.onnx.lower.InputSize;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class DescriptionFileTest {
  @TempDir Path folder;
  private Path model;

  @BeforeEach
  void chooseModel() {
    model = folder.resolve("net.v2.onnx");
  }

  private void describe(String json) throws Exception {
    Files.writeString(folder.resolve("net.v2.json"), json);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    ModelDescription description =
        new ModelDescription(
            new InputEncoding(
                ChannelOrder.BGR, 1, List.of(103.939, 116.779, 123.68), List.of(1.0, 2.0, 3.0)),
            InputSize.of(224, 192),
            List.of("cat", "dog"));

    assertThat(DescriptionFile.write(model, description)).isEqualTo(folder.resolve("net.v2.json"));
    assertThat(DescriptionFile.read(model, 3)).isEqualTo(description);
  }

  @Test
  void withoutDescriptionTheUsualIsAssumed() throws Exception {
    assertThat(DescriptionFile.read(model, 3).encoding()).isEqualTo(InputEncoding.IMAGENET);
    assertThat(DescriptionFile.read(model, 1).encoding().order()).isEqualTo(ChannelOrder.GREY);
    assertThat(DescriptionFile.read(model, 1).labels()).isEmpty();
  }

  @Test
  void aFieldLeftOutChangesNothing() throws Exception {
    describe("{\"channelOrder\": \"BGR\"}");
    InputEncoding usual = DescriptionFile.read(model, 3).encoding();
    assertThat(usual.order()).isEqualTo(ChannelOrder.BGR);
    assertThat(usual.mean()).isEqualTo(InputEncoding.IMAGENET.mean());

    describe("{\"mean\": [1, 2, 3]}");
    InputEncoding own = DescriptionFile.read(model, 3).encoding();
    assertThat(own.scale()).isEqualTo(1);
    assertThat(own.deviation()).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void labelsMayBeInAFileOfTheirOwn() throws Exception {
    Files.writeString(folder.resolve("labels.txt"), "cat\ndog\n\n");
    describe("{\"labels\": \"labels.txt\"}");

    assertThat(DescriptionFile.read(model, 3).labels()).containsExactly("cat", "dog");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"means\": [0, 0, 0]}",
        "{\"mean\": [0, 0]}",
        "{\"std\": [1, 0, 1]}",
        "{\"channelOrder\": \"GREY\"}",
        "{\"channelOrder\": \"rgbx\"}",
        "{\"scale\": \"1/255\"}",
        "{\"height\": 0}",
        "{\"width\": 1.5}",
        "{\"labels\": \"missing.txt\"}",
        "{\"labels\": [1]}",
        "{\"scale\": 1,",
        "[]",
        "",
      })
  void aMistakeIsNamed(String json) throws Exception {
    describe(json);

    assertThatThrownBy(() -> DescriptionFile.read(model, 3))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("net.v2.json");
  }
}
