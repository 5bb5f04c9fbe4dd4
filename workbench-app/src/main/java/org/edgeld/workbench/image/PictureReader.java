package org.edgeld.workbench.image;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.edgeld.model.InputEncoding.ChannelOrder;
import org.edgeld.model.Model;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.run.HostTensor;

/**
 * Reads a PNG, JPEG, GIF or BMP as a model's input: the largest centred part with the input's
 * aspect ratio, resampled to the input's size, channels ordered and normalised by the model's
 * encoding. A part of exactly the input's size is not resampled. Transparency and the camera's
 * orientation are ignored.
 *
 * <p>The size is read from the header first; more than 64 megapixels are refused before decoding.
 */
public final class PictureReader {
  /** Largest picture that is decoded. */
  static final long MAX_PIXELS = 64_000_000;

  private PictureReader() {}

  /**
   * Reads a picture for a model.
   *
   * @throws InputException if it is none, too large or damaged
   */
  public static HostTensor read(Path file, Model model) throws InputException {
    InputFiles.checkReadable(file);
    TensorShape shape = model.graph().input();
    if (!PixelEncoder.fits(model)) {
      throw new InputException(
          "The input of %s has %d channels, which no picture gives. Maybe use --input with a file of values."
              .formatted(model.id(), shape.channels()));
    }
    float[][] channels = channels(decode(file, shape), model.encoding().order());
    PixelEncoder encoder = PixelEncoder.of(model);
    int plane = shape.height() * shape.width();
    float[] chw = new float[shape.elements()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < plane; i++) {
        chw[c * plane + i] = encoder.encode(c, channels[c][i]);
      }
    }
    return HostTensor.ofChw(shape, chw);
  }

  /** Returns the planes R, G, B of the picture, 0..255, at the size of {@code shape}. */
  private static float[][] decode(Path file, TensorShape shape) throws InputException {
    try (ImageInputStream stream = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
      if (!readers.hasNext()) {
        throw new InputException(
            "%s is not a picture. Maybe it is another kind of file; PNG, JPEG, GIF and BMP are read."
                .formatted(file));
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(stream, true, true);
        return decode(file, reader, shape);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // decoders throw all sorts of unchecked exceptions on damaged files
      throw new InputException(
          "The picture %s cannot be decoded. Maybe it is damaged or of an unusual kind, such as CMYK."
              .formatted(file),
          e);
    }
  }

  private static float[][] decode(Path file, ImageReader reader, TensorShape shape)
      throws IOException, InputException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MAX_PIXELS) {
      throw new InputException(
          "The picture %s has %d×%d pixels, more than %d million. Maybe scale it down first."
              .formatted(file, width, height, MAX_PIXELS / 1_000_000));
    }
    Rectangle part = centre(width, height, shape);
    ImageReadParam param = reader.getDefaultReadParam();
    param.setSourceRegion(part);
    BufferedImage image = reader.read(0, param);
    float[][] planes = planes(image);
    for (int c = 0; c < planes.length; c++) {
      planes[c] =
          Resampler.resample(
              planes[c], image.getWidth(), image.getHeight(), shape.width(), shape.height());
    }
    return planes;
  }

  /** Returns the largest centred part with the shape's aspect ratio, at least one pixel. */
  static Rectangle centre(int width, int height, TensorShape shape) {
    double scale = Math.min((double) width / shape.width(), (double) height / shape.height());
    int partWidth = Math.max(1, (int) Math.min(width, Math.round(shape.width() * scale)));
    int partHeight = Math.max(1, (int) Math.min(height, Math.round(shape.height() * scale)));
    return new Rectangle((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
  }

  private static float[][] planes(BufferedImage image) {
    boolean grey = image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey ? greyPlanes(image) : colourPlanes(image);
  }

  /**
   * Java converts grey through linear light, which would brighten it; so its samples are read as
   * they are.
   */
  private static float[][] greyPlanes(BufferedImage image) {
    Raster raster = image.getRaster();
    float full = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
    float[] plane = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
    for (int i = 0; i < plane.length; i++) {
      plane[i] = plane[i] * 255 / full;
    }
    return new float[][] {plane, plane.clone(), plane.clone()};
  }

  private static float[][] colourPlanes(BufferedImage image) {
    int width = image.getWidth();
    float[][] planes = new float[3][width * image.getHeight()];
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        planes[0][y * width + x] = row[x] >> 16 & 0xFF;
        planes[1][y * width + x] = row[x] >> 8 & 0xFF;
        planes[2][y * width + x] = row[x] & 0xFF;
      }
    }
    return planes;
  }

  private static float[][] channels(float[][] rgb, ChannelOrder order) {
    return switch (order) {
      case RGB -> rgb;
      case BGR -> new float[][] {rgb[2], rgb[1], rgb[0]};
      case GREY -> new float[][] {luminance(rgb)};
    };
  }

  /** Luma of ITU-R BT.601: 0.299 R + 0.587 G + 0.114 B. */
  private static float[] luminance(float[][] rgb) {
    float[] grey = new float[rgb[0].length];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) (0.299 * rgb[0][i] + 0.587 * rgb[1][i] + 0.114 * rgb[2][i]);
    }
    return grey;
  }
}
