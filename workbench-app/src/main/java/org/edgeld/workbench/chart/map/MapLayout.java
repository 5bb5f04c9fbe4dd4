package org.edgeld.workbench.chart.map;

import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.edgeld.geometry.Block;
import org.edgeld.geometry.Range;
import org.edgeld.geometry.Region;
import org.edgeld.model.Axis;
import org.edgeld.model.TensorShape;
import org.edgeld.workbench.chart.PlanPicture;
import org.edgeld.workbench.chart.StagePicture;
import org.edgeld.workbench.chart.Strip;

/**
 * Where everything of a partition map lies, in pixels of the viewport. All layers have columns of
 * one width; a zoom above 1 makes the columns wider than the viewport, which then shows a part of
 * them.
 */
public final class MapLayout {
  /** Width of the lanes' captions. */
  public static final double LEFT = 84;

  private static final double RIGHT = 14;
  private static final double MARGIN = 6;
  private static final double GAP = 8;

  /** Column width from which layer names are written horizontally. */
  private static final double NAME_WIDTH = 46;

  private final PlanPicture picture;
  private final double width;
  private final double height;
  private final double gutter;
  private final double columnWidth;
  private final double contentWidth;
  private final double scroll;
  private final double[] columnX;

  /**
   * Lays a map out.
   *
   * @param width of the viewport
   * @param height of the viewport
   * @param zoom width of the columns over the width at which all fit, at least 1
   * @param scroll pixels that the columns are shifted to the left; clipped to what is possible
   */
  public MapLayout(PlanPicture picture, double width, double height, double zoom, double scroll) {
    this.picture = picture;
    this.width = width;
    this.height = height;
    int layers = picture.graph().layers().size();
    int stages = picture.stages().size();
    double visible = Math.max(50, width - LEFT - RIGHT);
    this.contentWidth = visible * Math.max(1, zoom);
    double perGutter = stages <= 8 ? 16 : stages <= 16 ? 10 : 5;
    this.gutter = Math.min(perGutter, contentWidth / (3.0 * stages));
    this.columnWidth = (contentWidth - gutter * (stages + 1)) / layers;
    this.scroll = Math.max(0, Math.min(scroll, contentWidth - visible));
    this.columnX = new double[layers];
    double x = LEFT - this.scroll + gutter;
    for (StagePicture stage : picture.stages()) {
      Block block = stage.stage().block();
      for (int layer = block.layerStart(); layer < block.layerEnd(); layer++) {
        columnX[layer] = x;
        x += columnWidth;
      }
      x += gutter;
    }
  }

  PlanPicture picture() {
    return picture;
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  /** Returns the width of the viewport's part that shows columns. */
  public double visibleWidth() {
    return Math.max(50, width - LEFT - RIGHT);
  }

  /** Returns the width of all columns. */
  public double contentWidth() {
    return contentWidth;
  }

  /** Returns how far the columns are shifted. */
  public double scroll() {
    return scroll;
  }

  double columnWidth() {
    return columnWidth;
  }

  double columnX(int layer) {
    return columnX[layer];
  }

  double stageX(StagePicture stage) {
    return columnX[stage.stage().block().layerStart()];
  }

  double stageWidth(StagePicture stage) {
    return stage.stage().block().size() * columnWidth;
  }

  /** Returns the middle of the gutter before a stage; the number of stages stands for the end. */
  double gutterX(int boundary) {
    if (boundary < picture.stages().size()) {
      return stageX(picture.stages().get(boundary)) - gutter / 2;
    }
    StagePicture last = picture.stages().get(boundary - 1);
    return stageX(last) + stageWidth(last) + gutter / 2;
  }

  double gutter() {
    return gutter;
  }

  boolean visible(double x, double w) {
    return x + w >= LEFT && x <= width;
  }

  boolean horizontalNames() {
    return columnWidth >= NAME_WIDTH;
  }

  private boolean low() {
    return height < 300;
  }

  double cardTop() {
    return MARGIN;
  }

  double headerHeight() {
    return low() ? 34 : 40;
  }

  double costTop() {
    return cardTop() + headerHeight();
  }

  double costHeight() {
    return low() ? 34 : height < 420 ? 44 : 58;
  }

  /** Upper edge of the strips. */
  double top() {
    return costTop() + costHeight() + GAP;
  }

  /** Lower edge of the strips. */
  double bottom() {
    return Math.max(top() + 40, trafficTop() - GAP);
  }

  double trafficTop() {
    return axisTop() - trafficHeight();
  }

  double trafficHeight() {
    return low() ? 28 : 42;
  }

  double axisTop() {
    return height - (horizontalNames() ? 44 : 56);
  }

  double rowsHeight() {
    return bottom() - top();
  }

  /** Returns the strip at a point of the viewport. */
  public Optional<MapSelection> pick(double x, double y) {
    if (x < LEFT || x > width - RIGHT / 2 || y < top() || y >= bottom()) {
      return Optional.empty();
    }
    for (StagePicture stage : picture.stages()) {
      int first = stage.stage().block().layerStart();
      for (int j = 0; j < stage.layers().size(); j++) {
        double left = columnX[first + j];
        if (x >= left && x < left + columnWidth) {
          return pick(stage, j, (x - left) / columnWidth, (y - top()) / rowsHeight());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * @param across share of the column to the left of the point
   * @param down share of the column above it
   */
  private Optional<MapSelection> pick(
      StagePicture stage, int layerInBlock, double across, double down) {
    int layer = stage.stage().block().layerStart() + layerInBlock;
    for (Strip strip : stage.layers().get(layerInBlock)) {
      if (box(stage, layer, strip.owned(), 1, 1).contains(across, down)) {
        return Optional.of(new MapSelection(stage.index(), layer, strip.device()));
      }
    }
    return Optional.empty();
  }

  /** Returns where a region of a layer is drawn. */
  Rectangle2D box(StagePicture stage, int layer, Region region) {
    double pad = columnWidth > 14 ? 1 : columnWidth > 6 ? 0.5 : 0.2;
    Rectangle2D box = box(stage, layer, region, columnWidth - 2 * pad, rowsHeight());
    box.setRect(
        columnX[layer] + pad + box.getX(), top() + box.getY(), box.getWidth(), box.getHeight());
    return box;
  }

  /**
   * Rows lie below each other and columns side by side, as on the map itself; where tiles are
   * channels of whole maps, channels lie below each other.
   */
  private Rectangle2D box(
      StagePicture stage, int layer, Region region, double width, double height) {
    Axis vertical = stage.byChannels() ? Axis.CHANNELS : Axis.ROWS;
    TensorShape shape = picture.shapes().get(layer + 1);
    double perColumn = width / shape.width();
    double perRow = height / shape.extent(vertical);
    Range down = region.along(vertical);
    return new Rectangle2D.Double(
        region.columns().start() * perColumn,
        down.start() * perRow,
        region.columns().size() * perColumn,
        down.size() * perRow);
  }
}
