/**
 * Charts as data and their painters on {@link java.awt.Graphics2D}, so that one painter serves the
 * window, picture files and tests without a screen. Nothing here knows JavaFX.
 */
package org.edgeld.workbench.chart;
