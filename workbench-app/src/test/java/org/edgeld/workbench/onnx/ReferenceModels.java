package org.edgeld.workbench.onnx;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** Networks that others trained, and what others computed with them. */
public final class ReferenceModels {
  private static final int NPY_PROLOGUE = 8;

  private ReferenceModels() {}

  /** Returns their folder, or ends the test as skipped. */
  public static Path folder() {
    String models = System.getenv("EDGELD_MODELS");
    assumeThat(models).as("EDGELD_MODELS names the folder of reference files").isNotNull();
    return Path.of(models);
  }

  /** Returns an array of float32 or uint8 of an {@code .npz} file of {@code expected}, C order. */
  static float[] expected(String file, String array) throws IOException {
    try (ZipFile zip = new ZipFile(folder().resolve("expected").resolve(file).toFile());
        InputStream entry = zip.getInputStream(zip.getEntry(array + ".npy"));
        DataInputStream in = new DataInputStream(entry)) {
      in.skipNBytes(NPY_PROLOGUE);
      byte[] header = new byte[Short.toUnsignedInt(Short.reverseBytes(in.readShort()))];
      in.readFully(header);
      String description = new String(header, StandardCharsets.ISO_8859_1);
      byte[] bytes = in.readAllBytes();
      if (description.contains("'|u1'")) {
        float[] values = new float[bytes.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return values;
      }
      if (!description.contains("'<f4'")) {
        throw new IOException("Unexpected " + description);
      }
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
      return values;
    }
  }
}
