package org.edgeld.samples.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentationTest {
  private static final InputEncoding PLAIN =
      new InputEncoding(ChannelOrder.GREY, 1, List.of(0.0), List.of(1.0));

  @TempDir Path folder;
  private LabelledImages images;

  @BeforeEach
  void onePictureWithABrightPixelRightOfTheCentre() throws IOException {
    IdxFolder.write(
        folder,
        5,
        new byte[] {
          0, 0, 0, 0, 0,
          0, 0, 0, 0, 0,
          0, 0, 0, 9, 0,
          0, 0, 0, 0, 0,
          0, 0, 0, 0, 0
        },
        new byte[] {0});
    images = LabelledImages.read(folder, "train");
  }

  @Test
  void withoutAugmentationThePictureIsOnlyEncoded() {
    InputEncoding encoding = new InputEncoding(ChannelOrder.GREY, 0.5, List.of(1.0), List.of(2.0));

    float[] input = augmented(Augmentation.none(encoding), new Random(1));

    assertThat(input[13]).isEqualTo((9 * 0.5f - 1) / 2);
    assertThat(input[0]).isEqualTo(-0.5f);
  }

  @Test
  void brightPixelVisitsEveryPlaceWithinTheShiftAndItsMirrorImage() {
    Augmentation augmentation = new Augmentation(PLAIN, 1, true);
    Random random = new Random(1);
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      float[] input = augmented(augmentation, random);
      for (int place = 0; place < input.length; place++) {
        if (input[place] == 9) {
          places.add(place);
        }
      }
    }
    assertThat(places)
        .containsExactlyInAnyOrder(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19);
  }

  private float[] augmented(Augmentation augmentation, Random random) {
    FloatBuffer input = FloatBuffer.allocate(25);
    augmentation.append(images, 0, random, input);
    return input.array();
  }
}
