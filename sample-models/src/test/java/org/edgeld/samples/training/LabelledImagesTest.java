package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledImagesTest {
  @TempDir Path folder;

  @Test
  void readsPixelsAndLabels() throws IOException {
    IdxFolder.write(folder, 2, new byte[] {0, 1, 2, 3, (byte) 255, 5, 6, 7}, new byte[] {4, 9});

    LabelledImages images = LabelledImages.read(folder, "train");

    assertThat(images.count()).isEqualTo(2);
    assertThat(images.side()).isEqualTo(2);
    assertThat(images.pixel(0, 1, 0)).isEqualTo(2);
    assertThat(images.pixel(1, 0, 0)).isEqualTo(255);
    assertThat(images.label(1)).isEqualTo(9);
  }

  @Test
  void meanAndDeviationAreOfGreyValuesUpToOne() throws IOException {
    IdxFolder.write(folder, 2, new byte[] {0, 0, (byte) 255, (byte) 255}, new byte[] {0});

    LabelledImages images = LabelledImages.read(folder, "train");

    assertThat(images.mean()).isEqualTo(0.5, within(1e-12));
    assertThat(images.deviation()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void missingFileIsSaidWithAWayOut() {
    assertThatThrownBy(() -> LabelledImages.read(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "There is no file %s. Maybe install the Debian package dataset-fashion-mnist or name the folder."
                .formatted(folder.resolve(IdxFolder.IMAGES)));
  }

  @Test
  void fileOfAnotherKindIsRefused() throws IOException {
    IdxFolder.writeFile(folder.resolve(IdxFolder.IMAGES), new byte[4], 0x801, 1, 2, 2);

    assertThatThrownBy(() -> LabelledImages.read(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("starts with 0x801, not 0x803");
  }

  @Test
  void truncatedFileIsRefused() throws IOException {
    IdxFolder.writeFile(folder.resolve(IdxFolder.IMAGES), new byte[3], 0x803, 1, 2, 2);

    assertThatThrownBy(() -> LabelledImages.read(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ends after 3 of 4 values");
  }

  @Test
  void labelsOfAnotherDataSetAreRefused() throws IOException {
    IdxFolder.write(folder, 2, new byte[8], new byte[2]);
    IdxFolder.writeFile(folder.resolve(IdxFolder.LABELS), new byte[3], 0x801, 3);

    assertThatThrownBy(() -> LabelledImages.read(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds 3 labels");
  }
}
