/**
 * Figures of many measurements as data, the JFreeChart that draws one, and PNG, SVG and PDF files
 * of it. Nothing here needs a screen.
 */
package org.edgeld.workbench.chart.figure;
