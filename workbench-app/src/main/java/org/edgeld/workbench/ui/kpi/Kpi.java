package org.edgeld.workbench.ui.kpi;

/**
 * One figure.
 *
 * @param title what it is
 * @param value with its unit
 * @param detail its interval, reference or origin
 * @param explanation in plain words
 * @param remark short, on a line of its own below the detail; empty if there is none
 */
public record Kpi(String title, String value, String detail, String explanation, String remark) {
  /** Creates a figure without a remark. */
  Kpi(String title, String value, String detail, String explanation) {
    this(title, value, detail, explanation, "");
  }
}
