package org.edgeld.workbench.onnx.read;

/** How operators are named. */
final class Domains {
  private Domains() {}

  /** Returns the domain under one name, as ONNX's own has two. */
  static String usual(String domain) {
    return domain.equals("ai.onnx") ? "" : domain;
  }

  /** Returns what distinguishes functions of one name. */
  static String overload(String overload) {
    return overload.isEmpty() ? "" : ":" + overload;
  }
}
