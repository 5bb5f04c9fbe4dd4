package org.edgeld.workbench.chart.figure;

import java.awt.Color;
import org.edgeld.workbench.chart.Palette;

/**
 * How a series of a figure looks, apart from the theme.
 *
 * @param hue what its colour stands for
 * @param index which colour of the hue; negative for the series' place in the figure
 * @param form how it is drawn
 */
public record Look(Hue hue, int index, Form form) {
  /** What a colour stands for. */
  public enum Hue {
    /** Something that is compared, such as a method. */
    SERIES,
    /** A device; the same colour as everywhere else. */
    DEVICE,
    /** What travels. */
    TRAFFIC,
    /** Making what travels out of what was computed, or the other way round. */
    SERIALISING,
    /** Copying what was computed or arrived to where it is used. */
    ASSEMBLING,
    /** Waiting for what travels. */
    WAITING,
    /** What others are read against. */
    REFERENCE
  }

  /** How values are drawn. */
  public enum Form {
    /** As the figure's kind has it. */
    AUTO,
    /** Pale, dashed or hollow, as something that is given beside what was measured. */
    PALE,
    /** Points without a line. */
    POINTS,
    /** A line without points. */
    LINE
  }

  /** The next colour, drawn as the kind has it. */
  public static final Look AUTO = new Look(Hue.SERIES, -1, Form.AUTO);

  /** What travels. */
  public static final Look TRAFFIC = new Look(Hue.TRAFFIC, 0, Form.AUTO);

  /** Serialising. */
  public static final Look SERIALISING = new Look(Hue.SERIALISING, 0, Form.AUTO);

  /** Copying within memory. */
  public static final Look ASSEMBLING = new Look(Hue.ASSEMBLING, 0, Form.AUTO);

  /** Waiting. */
  public static final Look WAITING = new Look(Hue.WAITING, 0, Form.AUTO);

  /** What others are read against, as a line. */
  public static final Look REFERENCE = new Look(Hue.REFERENCE, 0, Form.LINE);

  private static final double PALE_SHARE = 0.6;

  /** Returns the look of a series with a colour of its own. */
  public static Look series(int index) {
    return new Look(Hue.SERIES, index, Form.AUTO);
  }

  /** Returns the look of a device. */
  public static Look device(int index) {
    return new Look(Hue.DEVICE, index, Form.AUTO);
  }

  /** Returns the same colour in another form. */
  public Look as(Form other) {
    return new Look(hue, index, other);
  }

  /** Tells whether it is drawn as something given beside what was measured. */
  public boolean pale() {
    return form == Form.PALE;
  }

  /** Returns the colour, not made pale. */
  Color ink(Palette palette, int place) {
    int number = index < 0 ? place : index;
    return switch (hue) {
      case SERIES -> palette.series(number);
      case DEVICE -> palette.device(number);
      case TRAFFIC -> palette.traffic();
      case SERIALISING -> palette.serialising();
      case ASSEMBLING -> palette.assembling();
      case WAITING -> palette.waiting();
      case REFERENCE -> palette.muted();
    };
  }

  /** Returns the colour of areas. */
  Color fill(Palette palette, int place) {
    Color ink = ink(palette, place);
    return pale() ? Palette.mix(ink, palette.surface(), PALE_SHARE) : ink;
  }
}
