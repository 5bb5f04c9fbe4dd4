package org.edgeld.workbench.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.results.WholeFile;
import org.edgeld.workbench.run.HostTensor;

/**
 * Reads and writes tensors as files: {@code .npy} (C order; float32 and float64 little-endian, or
 * uint8; shape {@code (C, H, W)} or {@code (1, C, H, W)}), {@code .npz} (its entry {@code input},
 * or else its first) and {@code .f32} (nothing but float32 little-endian in CHW order). Values are
 * used as they are, without the model's picture encoding.
 */
public final class TensorFiles {
  private TensorFiles() {}

  /**
   * Reads a tensor of a known shape.
   *
   * @throws InputException if the file is unreadable, of another kind or of another shape
   */
  public static HostTensor read(Path file, TensorShape shape) throws InputException {
    InputFiles.checkReadable(file);
    try {
      return switch (kind(file)) {
        case "npy" -> readNpy(file, shape);
        case "npz" -> readNpz(file, shape);
        case "f32" -> readF32(file, shape);
        default ->
            throw new InputException(
                "%s is no tensor file: .npy, .npz and .f32 are read. Maybe use --image for a picture."
                    .formatted(file));
      };
    } catch (EOFException e) {
      throw new InputException(
          "%s ends early: %s needs %d values. Maybe it was cut off when copied."
              .formatted(file, shape, shape.elements()),
          e);
    } catch (ZipException e) {
      throw new InputException(
          "%s is not a readable .npz archive. Maybe save it with numpy.savez.".formatted(file), e);
    } catch (IOException e) {
      throw new InputException(
          "Cannot read %s: %s. Maybe the disk or the network share is gone."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Writes outputs, {@code .npy} by that ending, else raw float32 in CHW order. Several outputs go
   * to files numbered before the ending: {@code out-1.f32}, {@code out-2.f32}.
   *
   * @return the files written
   */
  public static List<Path> write(Path file, List<HostTensor> tensors) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Path target = tensors.size() == 1 ? file : numbered(file, i + 1);
      write(target, tensors.get(i));
      files.add(target);
    }
    return files;
  }

  private static void write(Path file, HostTensor tensor) throws IOException {
    float[] chw = tensor.toChw();
    ByteBuffer bytes = ByteBuffer.allocate(tensor.shape().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(chw);
    TensorShape shape = tensor.shape();
    WholeFile.write(
        file,
        out -> {
          if (kind(file).equals("npy")) {
            out.write(NpyHeader.float32(List.of(shape.channels(), shape.height(), shape.width())));
          }
          out.write(bytes.array());
        });
  }

  private static HostTensor readF32(Path file, TensorShape shape)
      throws IOException, InputException {
    long size = Files.size(file);
    if (Files.isRegularFile(file) && size != shape.bytes()) {
      throw new InputException(
          "%s has %d bytes, but the model's input %s takes %d. Maybe --input-size differs."
              .formatted(file, size, shape, shape.bytes()));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return readValues(in, "<f4", shape, file.toString());
    }
  }

  private static HostTensor readNpy(Path file, TensorShape shape)
      throws IOException, InputException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return readNpy(in, shape, file.toString());
    }
  }

  private static HostTensor readNpz(Path file, TensorShape shape)
      throws IOException, InputException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Optional<? extends ZipEntry> entry =
          Optional.ofNullable(zip.getEntry("input.npy"))
              .or(() -> zip.stream().filter(e -> e.getName().endsWith(".npy")).findFirst());
      if (entry.isEmpty()) {
        throw new InputException(
            "%s holds no array. Maybe save it with numpy.savez(file, input=x).".formatted(file));
      }
      try (InputStream in = new BufferedInputStream(zip.getInputStream(entry.get()))) {
        return readNpy(in, shape, file + ":" + entry.get().getName());
      }
    }
  }

  /** Only as much is read as {@code shape} asks for, whatever header or archive claim. */
  private static HostTensor readNpy(InputStream in, TensorShape shape, String name)
      throws IOException, InputException {
    NpyHeader header = NpyHeader.read(in, name);
    List<Long> wanted =
        List.of((long) shape.channels(), (long) shape.height(), (long) shape.width());
    List<Long> actual = header.shape();
    if (actual.size() == 4 && actual.get(0) == 1) {
      actual = actual.subList(1, 4);
    }
    if (!actual.equals(wanted)) {
      throw new InputException(
          "%s has the shape %s, but the model's input is (%s). Maybe --input-size differs or the channels are last."
              .formatted(
                  name,
                  header.shapeText(),
                  shape.channels() + ", " + shape.height() + ", " + shape.width()));
    }
    if (header.fortranOrder()) {
      throw new InputException(
          "%s is in Fortran order. Maybe convert it with numpy.ascontiguousarray.".formatted(name));
    }
    return readValues(in, header.type(), shape, name);
  }

  private static HostTensor readValues(InputStream in, String type, TensorShape shape, String name)
      throws IOException, InputException {
    int elementBytes =
        switch (type) {
          case "<f4" -> 4;
          case "<f8" -> 8;
          case "|u1" -> 1;
          default ->
              throw new InputException(
                  "%s holds values of type %s. Maybe convert it with astype('<f4')."
                      .formatted(name, type));
        };
    float[] chw = new float[shape.elements()];
    int chunk = shape.width();
    ByteBuffer row = ByteBuffer.allocate(chunk * elementBytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < chw.length; start += chunk) {
      if (in.readNBytes(row.array(), 0, row.capacity()) < row.capacity()) {
        throw new EOFException();
      }
      for (int i = 0; i < chunk; i++) {
        chw[start + i] =
            switch (elementBytes) {
              case 4 -> row.getFloat(4 * i);
              case 8 -> (float) row.getDouble(8 * i);
              default -> Byte.toUnsignedInt(row.get(i));
            };
        if (!Float.isFinite(chw[start + i])) {
          throw new InputException(
              "%s holds %s at element %d. Maybe it was written by a diverged program."
                  .formatted(name, chw[start + i], start + i));
        }
      }
    }
    if (in.read() >= 0) {
      throw new InputException(
          "%s goes on after the %d values of %s. Maybe it holds several inputs."
              .formatted(name, shape.elements(), shape));
    }
    return HostTensor.ofChw(shape, chw);
  }

  private static String kind(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Path numbered(Path file, int number) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(
        dot < 0
            ? name + "-" + number
            : name.substring(0, dot) + "-" + number + name.substring(dot));
  }
}
