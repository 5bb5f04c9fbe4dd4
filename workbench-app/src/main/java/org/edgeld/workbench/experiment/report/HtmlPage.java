package org.edgeld.workbench.experiment.report;

import java.util.List;
import org.edgeld.workbench.chart.figure.Figure;
import org.edgeld.workbench.chart.figure.FigureFile;

/** Parts of an HTML page; every text is escaped. */
public final class HtmlPage {
  private static final String STYLE =
      """
      body{font:15px/1.5 sans-serif;color:#1b2330;background:#fff;max-width:1100px;margin:2em auto;padding:0 1em}
      h1{font-size:1.6em}h2{font-size:1.25em;margin-top:2em;border-bottom:1px solid #d3d9e0}
      table{border-collapse:collapse;font-size:13px;margin:1em 0}
      th,td{border-bottom:1px solid #e4e8ee;padding:3px 9px;text-align:right;white-space:nowrap}
      th{color:#5c6672;font-weight:600}td:first-child,th:first-child{text-align:left}
      figure{margin:1.2em 0}figure svg{max-width:100%;height:auto;border:1px solid #e4e8ee}
      figcaption{color:#5c6672;font-size:13px}.warning{color:#c4271b;font-weight:600}
      pre{background:#f3f5f8;padding:1em;font-size:12px;overflow-x:auto}.wide{overflow-x:auto}
      """;

  private HtmlPage() {}

  /** Returns the beginning of a page. */
  public static String head(String title) {
    return """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="UTF-8"><title>%s</title><style>
    %s</style></head><body>
    """
        .formatted(escaped(title), STYLE);
  }

  /** Appends a heading. */
  public static void heading(StringBuilder html, int level, String text) {
    html.append("<h%d>%s</h%d>\n".formatted(level, escaped(text), level));
  }

  /** Appends a paragraph. */
  public static void paragraph(StringBuilder html, String text) {
    html.append("<p>").append(escaped(text)).append("</p>\n");
  }

  /** Appends a sentence that must not be overlooked. */
  public static void warning(StringBuilder html, String text) {
    html.append("<p class=\"warning\">").append(escaped(text)).append("</p>\n");
  }

  /** Appends a list of sentences. */
  public static void list(StringBuilder html, List<String> sentences) {
    html.append("<ul>\n");
    sentences.forEach(text -> html.append("<li>").append(escaped(text)).append("</li>\n"));
    html.append("</ul>\n");
  }

  static void code(StringBuilder html, String text) {
    html.append("<pre>").append(escaped(text)).append("</pre>\n");
  }

  /** Appends a table; a row has a cell per column. */
  public static void table(StringBuilder html, List<String> header, List<List<String>> rows) {
    html.append("<div class=\"wide\"><table><tr>");
    header.forEach(cell -> html.append("<th>").append(escaped(cell)).append("</th>"));
    html.append("</tr>\n");
    for (List<String> row : rows) {
      html.append("<tr>");
      row.forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</table></div>\n");
  }

  /** Appends a figure as a picture with its caption; the prolog of an SVG file is left out. */
  public static void figure(StringBuilder html, Figure figure) {
    String svg = FigureFile.svg(figure);
    html.append("<figure>")
        .append(unique(svg.substring(svg.indexOf("<svg")), figure.id()))
        .append("<figcaption>")
        .append(escaped(figure.caption()))
        .append("</figcaption></figure>\n");
  }

  /** Names within a picture count for the whole page, so each gets the figure's before it. */
  private static String unique(String svg, String id) {
    return svg.replace("id=\"", "id=\"" + id + "-").replace("url(#", "url(#" + id + "-");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
