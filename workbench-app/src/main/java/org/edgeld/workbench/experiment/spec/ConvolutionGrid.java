package org.edgeld.workbench.experiment.spec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.edgeld.message.ProfileSpec.GridPoint;

/**
 * 3×3 convolutions to time on the first device, for a fit of time over FLOPs: every map size with
 * every number of channels in and every number of channels out.
 *
 * @param sizes heights and widths of maps
 * @param channels numbers of channels
 * @param seconds what timing may take: the largest ones are left out as far as needed
 */
public record ConvolutionGrid(List<Integer> sizes, List<Integer> channels, int seconds) {
  /** The sizes of EdgeLD's Fig. 4. */
  public static final List<Integer> PAPER_SIZES = List.of(7, 14, 28, 56, 112, 224);

  /** The channels of EdgeLD's Fig. 4. */
  public static final List<Integer> PAPER_CHANNELS = List.of(32, 64, 128, 256, 512);

  public ConvolutionGrid {
    sizes = List.copyOf(sizes);
    channels = List.copyOf(channels);
  }

  /** Returns the grid of EdgeLD's Fig. 4. */
  public static ConvolutionGrid paper(int seconds) {
    return new ConvolutionGrid(PAPER_SIZES, PAPER_CHANNELS, seconds);
  }

  /** Returns the convolutions, those with the fewest FLOPs first. */
  public List<GridPoint> points() {
    List<GridPoint> points = new ArrayList<>();
    for (int size : sizes) {
      for (int in : channels) {
        for (int out : channels) {
          points.add(new GridPoint(size, in, out));
        }
      }
    }
    points.sort(Comparator.comparingLong(GridPoint::flops));
    return points;
  }
}
