package org.edgeld.workbench.ui.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.layout.Pane;

/**
 * Fields beside each other in as many rows as they need, about equally long; what is to be done
 * with them stands at the right end of the last row, so that no row above is shortened by it.
 */
public final class WrappingBar extends Pane {
  /** By how much rows are made narrower at a time, in pixels. */
  private static final double STEP = 16;

  private final double horizontalGap;
  private final double verticalGap;
  private Optional<Node> end = Optional.empty();

  /**
   * @param horizontalGap between two fields, in pixels
   * @param verticalGap between two rows, in pixels
   */
  public WrappingBar(double horizontalGap, double verticalGap) {
    this.horizontalGap = horizontalGap;
    this.verticalGap = verticalGap;
  }

  /** Adds what stands at the right end, behind all fields. */
  public void end(Node node) {
    end = Optional.of(node);
    getChildren().add(node);
  }

  @Override
  public Orientation getContentBias() {
    return Orientation.HORIZONTAL;
  }

  /** As few rows as the width allows, and then as narrow as that number of rows allows. */
  private List<List<Node>> rows(double width) {
    List<List<Node>> rows = filled(width);
    for (double narrower = width - STEP; narrower > 0; narrower -= STEP) {
      List<List<Node>> even = filled(narrower);
      if (even.size() > rows.size()) {
        break;
      }
      rows = even;
    }
    return rows;
  }

  private List<List<Node>> filled(double width) {
    List<List<Node>> rows = new ArrayList<>();
    List<Node> row = new ArrayList<>();
    rows.add(row);
    double used = 0;
    for (Node child : getManagedChildren()) {
      double wide = child.prefWidth(-1);
      if (!row.isEmpty() && used + horizontalGap + wide > width) {
        row = new ArrayList<>();
        rows.add(row);
        used = 0;
      }
      used += (row.isEmpty() ? 0 : horizontalGap) + wide;
      row.add(child);
    }
    return rows;
  }

  private static double height(List<Node> row) {
    return row.stream().mapToDouble(node -> node.prefHeight(-1)).max().orElse(0);
  }

  @Override
  protected double computeMinWidth(double height) {
    Insets insets = getInsets();
    double widest = getManagedChildren().stream().mapToDouble(c -> c.prefWidth(-1)).max().orElse(0);
    return insets.getLeft() + widest + insets.getRight();
  }

  @Override
  protected double computePrefHeight(double width) {
    Insets insets = getInsets();
    if (width < 0) {
      return insets.getTop() + height(getManagedChildren()) + insets.getBottom();
    }
    double inner = width - insets.getLeft() - insets.getRight();
    List<List<Node>> rows = rows(inner);
    double tall = rows.stream().mapToDouble(WrappingBar::height).sum();
    return insets.getTop() + tall + verticalGap * (rows.size() - 1) + insets.getBottom();
  }

  @Override
  protected double computeMinHeight(double width) {
    return computePrefHeight(width);
  }

  @Override
  protected void layoutChildren() {
    Insets insets = getInsets();
    double right = getWidth() - insets.getRight();
    double y = insets.getTop();
    for (List<Node> row : rows(right - insets.getLeft())) {
      double x = insets.getLeft();
      double tall = height(row);
      for (Node node : row) {
        double wide = node.prefWidth(-1);
        double high = node.prefHeight(-1);
        node.resizeRelocate(
            snapPositionX(end.equals(Optional.of(node)) ? Math.max(x, right - wide) : x),
            snapPositionY(y + tall - high),
            wide,
            high);
        x += wide + horizontalGap;
      }
      y += tall + verticalGap;
    }
  }
}
