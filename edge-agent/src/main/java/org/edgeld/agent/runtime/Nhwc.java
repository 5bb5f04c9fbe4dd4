package org.edgeld.agent.runtime;

import java.nio.ByteBuffer;
import org.edgeld.geometry.Region;
import org.edgeld.model.TensorShape;

/**
 * Where a part of a region lies in a buffer that holds exactly that region: row after row, in a row
 * column after column, in a column channel after channel.
 */
final class Nhwc {
  private Nhwc() {}

  /**
   * Tells whether a part lies in one piece: rows of full width with all channels; of a single row,
   * columns with all channels; of a single element of the map, any channels.
   *
   * @param part not empty, within {@code whole}
   */
  static boolean inOnePiece(Region part, Region whole) {
    if (part.rows().size() > 1) {
      return fullWidth(part, whole) && allChannels(part, whole);
    }
    return part.columns().size() == 1 || allChannels(part, whole);
  }

  private static boolean fullWidth(Region part, Region whole) {
    return part.columns().size() == whole.columns().size();
  }

  private static boolean allChannels(Region part, Region whole) {
    return part.channels().size() == whole.channels().size();
  }

  /** Returns where the first element of {@code part} is. */
  static int offsetBytes(Region part, Region whole) {
    int row = part.rows().start() - whole.rows().start();
    int column = part.columns().start() - whole.columns().start();
    int channel = part.channels().start() - whole.channels().start();
    int pixel = row * whole.columns().size() + column;
    return (pixel * whole.channels().size() + channel) * TensorShape.ELEMENT_BYTES;
  }

  /**
   * Copies a part from one buffer to its place in another. Every byte is read once and written
   * once, in as few runs as possible: a single one if the part is in one piece in both, else one
   * for each row if it has all channels of both, else one for each element of the map. A run costs
   * some nanoseconds on top of its bytes, which shows in parts of few channels only ({@code
   * NhwcBenchmark}).
   *
   * @param part not empty, within both regions
   * @param from holds {@code fromRegion} from index 0
   * @param to holds {@code toRegion} from index 0; another buffer
   */
  static void copy(
      Region part, ByteBuffer from, Region fromRegion, ByteBuffer to, Region toRegion) {
    int rows = part.rows().size();
    int runsPerRow = 1;
    int runBytes = part.channels().size() * TensorShape.ELEMENT_BYTES;
    if (inOnePiece(part, fromRegion) && inOnePiece(part, toRegion)) {
      rows = 1;
      runBytes = (int) part.bytes();
    } else if (allChannels(part, fromRegion) && allChannels(part, toRegion)) {
      runBytes *= part.columns().size();
    } else {
      runsPerRow = part.columns().size();
    }
    int fromPixelBytes = fromRegion.channels().size() * TensorShape.ELEMENT_BYTES;
    int toPixelBytes = toRegion.channels().size() * TensorShape.ELEMENT_BYTES;
    int fromRow = offsetBytes(part, fromRegion);
    int toRow = offsetBytes(part, toRegion);
    for (int row = 0; row < rows; row++) {
      for (int run = 0; run < runsPerRow; run++) {
        to.put(toRow + run * toPixelBytes, from, fromRow + run * fromPixelBytes, runBytes);
      }
      fromRow += fromRegion.columns().size() * fromPixelBytes;
      toRow += toRegion.columns().size() * toPixelBytes;
    }
  }
}
