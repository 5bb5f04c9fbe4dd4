package org.edgeld.workbench.onnx.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that holds elements of tensors. It is mapped when elements are first read, so weights
 * occupy no heap. Not thread-safe.
 */
final class DataFile {
  private final Path path;
  private final long sizeBytes;
  private ByteBuffer whole;

  DataFile(Path path, long sizeBytes) {
    this.path = path;
    this.sizeBytes = sizeBytes;
  }

  Path path() {
    return path;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Maps bytes of the file, little-endian.
   *
   * @param offset within the file
   * @param length bytes, all within the file
   */
  ByteBuffer map(long offset, int length) {
    try {
      if (sizeBytes > Integer.MAX_VALUE) {
        return mapped(offset, length);
      }
      if (whole == null) {
        whole = mapped(0, sizeBytes);
      }
      return whole.slice((int) offset, length).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ByteBuffer mapped(long offset, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() < offset + length) {
        throw new IOException(path + " became shorter while it was read");
      }
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
