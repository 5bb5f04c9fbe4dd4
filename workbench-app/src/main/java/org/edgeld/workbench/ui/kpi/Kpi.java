package org.edgeld.workbench.ui.kpi;

/**
 * One figure.
 *
 * @param title what it is
 * @param value with its unit
 * @param detail its interval, reference or origin
 * @param explanation in plain words
 */
public record Kpi(String title, String value, String detail, String explanation) {}
