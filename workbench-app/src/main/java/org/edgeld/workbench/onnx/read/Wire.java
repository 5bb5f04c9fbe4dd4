package org.edgeld.workbench.onnx.read;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.edgeld.workbench.onnx.graph.DefectException;

/**
 * Walks over the Protocol Buffers encoding of one file. Every length is compared with the message
 * around it before anything is read or made, so memory never follows a claim of the file.
 */
final class Wire {
  private static final int TEXT_LIMIT_BYTES = 1 << 16;
  private static final int SMALL_MESSAGE_LIMIT_BYTES = 1 << 20;
  private static final int DEPTH_LIMIT = 64;

  private final CodedInputStream in;
  private int depth;

  /** Takes the next field of a message. */
  @FunctionalInterface
  interface FieldReader {
    /**
     * Reads or skips a field.
     *
     * @param field its number
     * @param tag its number and encoding
     */
    void field(int field, int tag) throws IOException, DefectException;
  }

  /**
   * Bytes within the file.
   *
   * @param offset of the first byte in the file
   * @param length in bytes
   */
  record Region(long offset, int length) {}

  /**
   * Begins to walk.
   *
   * @param stream the whole file
   * @param sizeBytes its size
   */
  Wire(InputStream stream, int sizeBytes) throws IOException {
    in = CodedInputStream.newInstance(stream);
    in.pushLimit(sizeBytes);
  }

  /** Hands all fields up to the end of the message to {@code reader}. */
  void fields(FieldReader reader) throws IOException, DefectException {
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      reader.field(WireFormat.getTagFieldNumber(tag), tag);
    }
  }

  /** Hands all fields of the message that comes next to {@code reader}. */
  void message(FieldReader reader) throws IOException, DefectException {
    if (++depth > DEPTH_LIMIT) {
      throw new DefectException("its graphs are nested more than " + DEPTH_LIMIT + " deep");
    }
    int limit = in.pushLimit(length());
    fields(reader);
    in.checkLastTagWas(0);
    in.popLimit(limit);
    depth--;
  }

  /** Reads the length of what comes next, which lies within the message around it. */
  private int length() throws IOException, DefectException {
    int length = in.readRawVarint32();
    if (length < 0 || length > in.getBytesUntilLimit()) {
      throw new DefectException(
          "it claims %d bytes where %d are left"
              .formatted(Integer.toUnsignedLong(length), in.getBytesUntilLimit()));
    }
    return length;
  }

  /** Reads a message that is never large. */
  byte[] small() throws IOException, DefectException {
    return bytes(SMALL_MESSAGE_LIMIT_BYTES);
  }

  /** Reads a text, such as a name. */
  String text() throws IOException, DefectException {
    return new String(bytes(TEXT_LIMIT_BYTES), StandardCharsets.UTF_8);
  }

  private byte[] bytes(int limitBytes) throws IOException, DefectException {
    int length = length();
    if (length > limitBytes) {
      throw new DefectException(
          "a text or description has %d bytes, more than %d".formatted(length, limitBytes));
    }
    return in.readRawBytes(length);
  }

  /** Skips bytes and returns where they are. */
  Region region() throws IOException, DefectException {
    int length = length();
    long offset = position();
    in.skipRawBytes(length);
    return new Region(offset, length);
  }

  long whole() throws IOException {
    return in.readInt64();
  }

  int small32() throws IOException {
    return in.readInt32();
  }

  float real() throws IOException {
    return in.readFloat();
  }

  double doubleReal() throws IOException {
    return in.readDouble();
  }

  /** Tells whether a field of numbers holds many, one after the other, behind one length. */
  static boolean isPacked(int tag) {
    return WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /** Skips a field that nobody asks for. */
  void skip(int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that never began");
    }
  }

  /** Returns the bytes read so far. */
  long position() {
    return in.getTotalBytesRead();
  }

  /** Hands numbers to {@code reader}, whether they are packed or one by one. */
  void numbers(int tag, NumberReader reader) throws IOException, DefectException {
    if (!isPacked(tag)) {
      reader.read();
      return;
    }
    int limit = in.pushLimit(length());
    while (in.getBytesUntilLimit() > 0) {
      reader.read();
    }
    in.popLimit(limit);
  }

  /** Reads one number. */
  @FunctionalInterface
  interface NumberReader {
    void read() throws IOException, DefectException;
  }
}
