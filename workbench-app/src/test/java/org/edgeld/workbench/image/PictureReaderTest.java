package org.edgeld.workbench.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.edgeld.model.Activation;
import org.edgeld.model.GraphBuilder;
import org.edgeld.model.InputEncoding;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.model.TensorId;
import org.edgeld.model.TensorShape;
import org.edgeld.model.WeightSource;
import org.edgeld.model.Window;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class PictureReaderTest {
  private static final InputEncoding RAW =
      new InputEncoding(ChannelOrder.RGB, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
  private static final InputEncoding GREY =
      new InputEncoding(ChannelOrder.GREY, 1, List.of(0.0), List.of(1.0));

  @TempDir Path folder;

  private static Model model(int height, int width, InputEncoding encoding) {
    GraphBuilder builder =
        new GraphBuilder(
            "m",
            new TensorShape(encoding.order().channels(), height, width),
            GraphBuilder.seeded(1));
    builder.conv("conv", TensorId.INPUT, 1, Window.of(1, 1, 0), Activation.NONE);
    return new Model("m", builder.build(), encoding, List.of(), WeightSource.NONE);
  }

  private Path picture(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
    return file;
  }

  private static BufferedImage noise(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    SplittableRandom random = new SplittableRandom(5);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  @Test
  void aPictureThatFitsKeepsEveryPixel() throws Exception {
    BufferedImage image = noise(5, 4, BufferedImage.TYPE_INT_RGB);
    for (String name : List.of("p.png", "p.bmp")) {
      float[] chw = PictureReader.read(picture(name, image), model(4, 5, RAW)).toChw();
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 5; x++) {
          int rgb = image.getRGB(x, y);
          assertThat(chw[y * 5 + x]).isEqualTo(rgb >> 16 & 0xFF);
          assertThat(chw[20 + y * 5 + x]).isEqualTo(rgb >> 8 & 0xFF);
          assertThat(chw[40 + y * 5 + x]).isEqualTo(rgb & 0xFF);
        }
      }
    }
  }

  @Test
  void encodingOrdersAndNormalisesChannels() throws Exception {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x0A141E); // 10, 20, 30
    Path file = picture("p.png", image);
    InputEncoding bgr =
        new InputEncoding(ChannelOrder.BGR, 0.5, List.of(1.0, 2.0, 3.0), List.of(2.0, 4.0, 8.0));

    float[] chw = PictureReader.read(file, model(2, 2, bgr)).toChw();
    assertThat(new float[] {chw[0], chw[4], chw[8]}).containsExactly(7f, 2f, 0.25f);
    assertThat(PictureReader.read(file, model(2, 2, GREY)).toChw()[0])
        .isCloseTo(0.299f * 10 + 0.587f * 20 + 0.114f * 30, within(1e-4f));
  }

  @Test
  void greyPicturesKeepTheirSamples() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 128);
    image.getRaster().setSample(1, 0, 0, 3);
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 128 * 257);
    deep.getRaster().setSample(1, 0, 0, 3 * 257);

    for (Path file : List.of(picture("grey.png", image), picture("deep.png", deep))) {
      assertThat(PictureReader.read(file, model(1, 2, RAW)).toChw())
          .containsExactly(new float[] {128, 3, 128, 3, 128, 3}, within(1e-4f));
      assertThat(PictureReader.read(file, model(1, 2, GREY)).toChw())
          .containsExactly(new float[] {128, 3}, within(1e-4f));
    }
  }

  @Test
  void cropsTheCentreAndAveragesWhenShrinking() throws Exception {
    // 8 wide, 4 high: the outer quarters are white, the centre has columns 0, 100, 0, 100
    BufferedImage image = new BufferedImage(8, 4, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 8; x++) {
        image.setRGB(x, y, x < 2 || x > 5 ? 0xFFFFFF : x % 2 == 0 ? 0 : 0x646464);
      }
    }
    float[] whole = PictureReader.read(picture("p.png", image), model(4, 4, RAW)).toChw();
    float[] half = PictureReader.read(picture("p.png", image), model(2, 2, RAW)).toChw();

    assertThat(List.of(whole[0], whole[1], whole[2], whole[3])).containsExactly(0f, 100f, 0f, 100f);
    // the triangle, twice as wide, weighs three columns 3 : 3 : 1
    assertThat(half[0]).isCloseTo(300f / 7, within(1e-3f));
    assertThat(half[1]).isCloseTo(400f / 7, within(1e-3f));
  }

  @Test
  void enlargesAConstantPictureToTheSameConstant() throws Exception {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0x404040);
    }
    assertThat(PictureReader.read(picture("p.png", image), model(16, 16, RAW)).toChw())
        .hasSize(768)
        .containsOnly(new float[] {64}, within(1e-4f));
  }

  @Test
  void whatIsNoPictureIsRefusedInOneSentence() throws Exception {
    Path text = Files.writeString(folder.resolve("cat.jpg"), "not a cat");
    Path empty = Files.createFile(folder.resolve("empty.png"));
    Path cut = folder.resolve("cut.png");
    byte[] good =
        Files.readAllBytes(picture("good.png", noise(64, 64, BufferedImage.TYPE_INT_RGB)));
    Files.write(cut, Arrays.copyOf(good, good.length / 2));

    for (Path file : List.of(text, empty, cut, folder, folder.resolve("none.png"))) {
      assertThatThrownBy(() -> PictureReader.read(file, model(4, 4, RAW)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("Maybe")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aBombIsRefusedBeforeItIsDecoded() throws Exception {
    Path bomb = folder.resolve("bomb.png");
    Files.write(bomb, pngHeader(60_000, 60_000));

    assertThatThrownBy(() -> PictureReader.read(bomb, model(4, 4, RAW)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("60000×60000 pixels, more than 64 million");
  }

  @Test
  void damagedPicturesNeverEscapeAsAnythingButASentence() throws Exception {
    SplittableRandom random = new SplittableRandom(9);
    int refused = 0;
    for (String name : List.of("f.png", "f.jpg", "f.gif", "f.bmp")) {
      byte[] good = Files.readAllBytes(picture(name, noise(16, 16, BufferedImage.TYPE_INT_RGB)));
      for (int i = 0; i < 60; i++) {
        byte[] bytes = good.clone();
        for (int n = random.nextInt(1, 8); n > 0; n--) {
          bytes[random.nextInt(Math.min(bytes.length, 64))] = (byte) random.nextInt(256);
        }
        Path file = Files.write(folder.resolve(name), bytes);
        try {
          PictureReader.read(file, model(4, 4, RAW));
        } catch (InputException e) {
          refused++;
          assertThat(e.getMessage()).contains("Maybe");
        }
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void theReferencePictureBecomesTheReferenceInput() throws Exception {
    String models = System.getenv("EDGELD_MODELS");
    assumeThat(models).as("EDGELD_MODELS names the folder of reference files").isNotNull();
    InputEncoding squeezeNet =
        new InputEncoding(
            ChannelOrder.BGR, 1, List.of(103.939, 116.779, 123.68), List.of(1.0, 1.0, 1.0));
    Model model = model(224, 224, squeezeNet);

    float[] ours =
        PictureReader.read(Path.of(models, "images", "224", "chelsea.png"), model).toChw();
    float[] reference =
        TensorFiles.read(
                Path.of(models, "expected", "squeezenet1_1.chelsea.npz"), model.graph().input())
            .toChw();
    float largest = 0;
    for (int i = 0; i < reference.length; i++) {
      largest = Math.max(largest, Math.abs(ours[i] - reference[i]));
    }
    assertThat(largest).isLessThan(1e-4f);
  }

  @Test
  void noiseDependsOnNothingButTheSeed() {
    Model model = model(8, 8, RAW);

    assertThat(SyntheticInput.noise(model, 3).toChw())
        .isEqualTo(SyntheticInput.noise(model, 3).toChw())
        .isNotEqualTo(SyntheticInput.noise(model, 4).toChw());
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream chunk = new DataOutputStream(header);
    chunk.write("IHDR".getBytes(StandardCharsets.US_ASCII));
    chunk.writeInt(width);
    chunk.writeInt(height);
    chunk.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.toByteArray());
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(png);
    out.writeLong(0x89504E470D0A1A0AL);
    out.writeInt(13);
    out.write(header.toByteArray());
    out.writeInt((int) crc.getValue());
    return png.toByteArray();
  }
}
