package org.edgeld.workbench.image;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file, versions 1 to 3.
 *
 * @param type NumPy's name of the element type, such as {@code <f4}
 * @param fortranOrder whether the first index runs fastest
 * @param shape extents, outermost first
 */
record NpyHeader(String type, boolean fortranOrder, List<Long> shape) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Far above what four extents take, so a false length allocates little. */
  private static final int MAX_HEADER_BYTES = 64 * 1024;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']{1,16})'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

  NpyHeader {
    shape = List.copyOf(shape);
  }

  /**
   * Reads a header and leaves the stream at the first element.
   *
   * @param name of the file, for messages
   * @throws InputException if it is none
   */
  static NpyHeader read(InputStream in, String name) throws IOException, InputException {
    DataInputStream data = new DataInputStream(in);
    byte[] magic = data.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new InputException(
          "%s is not a NumPy array. Maybe save it with numpy.save.".formatted(name));
    }
    int major = data.readUnsignedByte();
    data.readUnsignedByte(); // minor version: always 0 and without meaning
    long length =
        major == 1
            ? Short.toUnsignedLong(Short.reverseBytes(data.readShort()))
            : Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
    if (major < 1 || major > 3 || length > MAX_HEADER_BYTES) {
      throw new InputException(
          "%s has a NumPy header of version %d and %d bytes. Maybe it is damaged."
              .formatted(name, major, length));
    }
    byte[] text = new byte[(int) length];
    data.readFully(text);
    return parse(new String(text, StandardCharsets.ISO_8859_1), name);
  }

  private static NpyHeader parse(String text, String name) throws InputException {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw new InputException(
          "The NumPy header of %s does not say type, order and shape of a plain array. Maybe it holds"
                  .formatted(name)
              + " objects or records.");
    }
    List<Long> extents = new ArrayList<>();
    for (String extent : shape.group(1).split(",")) {
      if (!extent.isBlank()) {
        try {
          extents.add(Long.parseLong(extent.strip()));
        } catch (NumberFormatException e) {
          throw new InputException(
              "The NumPy header of %s has the extent \"%s\". Maybe it is damaged."
                  .formatted(name, extent.strip()),
              e);
        }
      }
    }
    return new NpyHeader(type.group(1), order.group(1).equals("True"), extents);
  }

  /** Returns the shape as NumPy prints it. */
  String shapeText() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < shape.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(shape.get(i));
    }
    return text.append(shape.size() == 1 ? ",)" : ")").toString();
  }

  /** Returns the bytes of a version 1 header for little-endian float32 in C order. */
  static byte[] float32(List<Integer> shape) {
    String extents = String.join(", ", shape.stream().map(String::valueOf).toList());
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%s%s), }"
            .formatted(extents, shape.size() == 1 ? "," : "");
    int padded = (10 + text.length() + 1 + 63) / 64 * 64 - 10;
    text = text + " ".repeat(padded - text.length() - 1) + "\n";
    byte[] header = Arrays.copyOf(MAGIC, 10 + padded);
    header[6] = 1;
    header[8] = (byte) padded;
    header[9] = (byte) (padded >> 8);
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, header, 10, padded);
    return header;
  }
}
