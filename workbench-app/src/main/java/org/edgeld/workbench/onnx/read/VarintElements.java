package org.edgeld.workbench.onnx.read;

import java.nio.ByteBuffer;
import org.edgeld.workbench.onnx.graph.DefectException;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.Identity;

/**
 * Elements of variable size in a file, as Protocol Buffers pack whole numbers; 16-bit real numbers
 * are stored as such, too. The place of every {@value #STRIDE}th element is remembered.
 */
final class VarintElements implements Elements {
  private static final int STRIDE = 256;
  private static final int VARINT_LIMIT_BYTES = 10;

  private final DataFile file;
  private final Wire.Region region;
  private final int count;
  private final ElementType type;
  private final int[] places;
  private int nextIndex;
  private int nextPlace;

  /**
   * Finds the elements.
   *
   * @throws DefectException if there are not exactly {@code count}
   */
  VarintElements(DataFile file, Wire.Region region, int count, ElementType type)
      throws DefectException {
    this.file = file;
    this.region = region;
    this.count = count;
    this.type = type;
    if (count > region.length()) {
      throw wrongCount();
    }
    places = new int[count / STRIDE + 1];
    ByteBuffer bytes = bytes();
    int found = 0;
    int begin = 0;
    for (int at = 0; at < region.length(); at++) {
      if (bytes.get(at) >= 0) {
        if (at - begin >= VARINT_LIMIT_BYTES || found == count) {
          throw wrongCount();
        }
        if (found % STRIDE == 0) {
          places[found / STRIDE] = begin;
        }
        found++;
        begin = at + 1;
      }
    }
    if (found != count || begin != region.length()) {
      throw wrongCount();
    }
  }

  private DefectException wrongCount() {
    return new DefectException("it does not hold the %d elements of its extents".formatted(count));
  }

  private ByteBuffer bytes() {
    return file.map(region.offset(), region.length());
  }

  private long raw(int index) {
    if (index < nextIndex || index - nextIndex > STRIDE) {
      nextIndex = index / STRIDE * STRIDE;
      nextPlace = places[index / STRIDE];
    }
    ByteBuffer bytes = bytes();
    long value = 0;
    for (; nextIndex <= index; nextIndex++) {
      value = 0;
      int shift = 0;
      byte part;
      do {
        part = bytes.get(nextPlace++);
        value |= (long) (part & 0x7f) << shift;
        shift += 7;
      } while (part < 0);
    }
    return value;
  }

  @Override
  public double real(int index) {
    return switch (type) {
      case FLOAT16 -> HalfFloats.ofFloat16((short) raw(index));
      case BFLOAT16 -> HalfFloats.ofBfloat16((short) raw(index));
      default -> raw(index);
    };
  }

  @Override
  public long integer(int index) {
    return type.isInteger() ? raw(index) : (long) real(index);
  }

  @Override
  public void identify(Identity identity) {
    identity.add("varints").add(file.path().getFileName().toString());
    identity.add(region.offset()).add(region.length()).add(type.name());
  }
}
