package org.edgeld.workbench.onnx.read;

import java.nio.ByteBuffer;
import org.edgeld.workbench.onnx.graph.ElementType;
import org.edgeld.workbench.onnx.graph.Elements;
import org.edgeld.workbench.onnx.graph.Identity;

/** Elements of a fixed size, one after the other in a file, little-endian. */
final class FixedElements implements Elements {
  private final DataFile file;
  private final long offset;
  private final int count;
  private final ElementType type;
  private ByteBuffer bytes;

  FixedElements(DataFile file, long offset, int count, ElementType type) {
    this.file = file;
    this.offset = offset;
    this.count = count;
    this.type = type;
  }

  private ByteBuffer bytes() {
    if (bytes == null) {
      bytes = file.map(offset, count * type.bytes());
    }
    return bytes;
  }

  @Override
  public double real(int index) {
    return switch (type) {
      case FLOAT -> bytes().getFloat(index * Float.BYTES);
      case DOUBLE -> bytes().getDouble(index * Double.BYTES);
      case FLOAT16 -> HalfFloats.ofFloat16(bytes().getShort(index * Short.BYTES));
      case BFLOAT16 -> HalfFloats.ofBfloat16(bytes().getShort(index * Short.BYTES));
      default -> integer(index);
    };
  }

  @Override
  public long integer(int index) {
    return switch (type) {
      case INT8 -> bytes().get(index);
      case UINT8 -> Byte.toUnsignedInt(bytes().get(index));
      case BOOL -> bytes().get(index) == 0 ? 0 : 1;
      case INT16 -> bytes().getShort(index * Short.BYTES);
      case UINT16 -> Short.toUnsignedInt(bytes().getShort(index * Short.BYTES));
      case INT32 -> bytes().getInt(index * Integer.BYTES);
      case UINT32 -> Integer.toUnsignedLong(bytes().getInt(index * Integer.BYTES));
      case INT64, UINT64 -> bytes().getLong(index * Long.BYTES);
      default -> (long) real(index);
    };
  }

  @Override
  public void read(int start, float[] target, int elements) {
    if (type == ElementType.FLOAT) {
      bytes()
          .slice(start * Float.BYTES, elements * Float.BYTES)
          .order(bytes().order())
          .asFloatBuffer()
          .get(target, 0, elements);
    } else {
      Elements.super.read(start, target, elements);
    }
  }

  @Override
  public void identify(Identity identity) {
    identity.add("file").add(file.path().getFileName().toString());
    identity.add(offset).add(count).add(type.name());
  }
}
