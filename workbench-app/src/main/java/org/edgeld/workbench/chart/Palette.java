package org.edgeld.workbench.chart;

import java.awt.Color;
import java.util.List;

/**
 * Colours of charts and device chips. Devices take the colours of Okabe and Ito (2008), which
 * colour-blind readers can tell apart, in an order in which neighbours differ in hue and luminance;
 * a device has the same colour everywhere and its letter stands beside it.
 *
 * @param dark whether these are the colours of the dark theme
 * @param background behind cards
 * @param surface of cards
 * @param lane of a block's card within the map
 * @param grid hairlines
 * @param border of cards
 * @param text of captions
 * @param muted of secondary captions
 * @param accent of the current item
 * @param danger of limits and failures
 * @param ok of readiness
 * @param warning of doubtful values
 * @param traffic of everything that travels
 */
public record Palette(
    boolean dark,
    Color background,
    Color surface,
    Color lane,
    Color grid,
    Color border,
    Color text,
    Color muted,
    Color accent,
    Color danger,
    Color ok,
    Color warning,
    Color traffic) {
  /** Colours on white. */
  public static final Palette LIGHT =
      new Palette(
          false,
          hex("#eef1f5"),
          hex("#ffffff"),
          hex("#f3f5f8"),
          hex("#e4e8ee"),
          hex("#d3d9e0"),
          hex("#1b2330"),
          hex("#5c6672"),
          hex("#0969da"),
          hex("#c4271b"),
          hex("#1a7f37"),
          hex("#8a5a00"),
          hex("#7d5ba6"));

  /** Colours on near-black. */
  public static final Palette DARK =
      new Palette(
          true,
          hex("#0a0d12"),
          hex("#0d1117"),
          hex("#161b22"),
          hex("#252c35"),
          hex("#30363d"),
          hex("#e6edf3"),
          hex("#939eab"),
          hex("#4493f8"),
          hex("#ff7b72"),
          hex("#3fb950"),
          hex("#e3b341"),
          hex("#b48ead"));

  private static final List<Color> DEVICES =
      colors(
          "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c7ae6", "#b8a900");
  private static final List<Color> DEVICES_DARK =
      colors(
          "#3d9bd6", "#f0b23c", "#2fbf94", "#de96bc", "#86cef2", "#ee7a3b", "#a79bf0", "#d6c83c");

  /** Of what is compared; none is a device's. */
  private static final List<Color> SERIES =
      colors(
          "#332288", "#cc6677", "#2f9c8b", "#882255", "#8f8f2e", "#117733", "#aa4499", "#6b7480");

  private static final double SERIES_IN_THE_DARK = 0.45;

  /** Luminance above which dark ink reads better than white. */
  private static final double DARK_INK_LUMINANCE = 0.30;

  /** Returns the palette of a theme. */
  public static Palette of(boolean dark) {
    return dark ? DARK : LIGHT;
  }

  /** Returns a device's colour; from the ninth device on the colours return in a paler shade. */
  public Color device(int index) {
    List<Color> colors = dark ? DEVICES_DARK : DEVICES;
    Color color = colors.get(index % colors.size());
    return index < colors.size() ? color : mix(color, dark ? Color.WHITE : surface, 0.4);
  }

  /**
   * Returns the colour of a series of a figure, after Tol's muted scheme: tell-apart for
   * colour-blind readers, and none is a device's colour.
   */
  public Color series(int index) {
    Color color = SERIES.get(index % SERIES.size());
    Color own = index < SERIES.size() ? color : mix(color, surface, 0.4);
    return dark ? mix(own, Color.WHITE, SERIES_IN_THE_DARK) : own;
  }

  private static final double SERIALISING_SHARE = 0.55;
  private static final double ASSEMBLING_SHARE = 0.5;

  /** Returns the colour of serialising, darker than that of what then travels. */
  public Color serialising() {
    return mix(traffic, text, SERIALISING_SHARE);
  }

  /** Returns the colour of copying slices, which lies over devices' colours and over lanes. */
  public Color assembling() {
    return dark ? mix(muted, lane, ASSEMBLING_SHARE) : mix(muted, text, ASSEMBLING_SHARE);
  }

  /** Returns the colour of waiting: there, but pale. */
  public Color waiting() {
    return mix(muted, lane, dark ? 0.75 : 0.72);
  }

  /** Returns the colour between two, {@code 0} being the first. */
  public static Color mix(Color a, Color b, double share) {
    return new Color(
        channel(a.getRed(), b.getRed(), share),
        channel(a.getGreen(), b.getGreen(), share),
        channel(a.getBlue(), b.getBlue(), share));
  }

  /** Returns a readable colour for text on {@code fill}, by WCAG's relative luminance. */
  public static Color inkOn(Color fill) {
    double luminance =
        0.2126 * linear(fill.getRed())
            + 0.7152 * linear(fill.getGreen())
            + 0.0722 * linear(fill.getBlue());
    return luminance > DARK_INK_LUMINANCE ? hex("#10161d") : Color.WHITE;
  }

  /** Returns a colour as style sheets write it. */
  public static String css(Color color) {
    return "#%02x%02x%02x".formatted(color.getRed(), color.getGreen(), color.getBlue());
  }

  private static int channel(int a, int b, double share) {
    return (int) Math.round(a + (b - a) * share);
  }

  private static double linear(int channel) {
    double v = channel / 255.0;
    return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
  }

  private static Color hex(String text) {
    return Color.decode(text);
  }

  private static List<Color> colors(String... hex) {
    return List.of(hex).stream().map(Color::decode).toList();
  }
}
