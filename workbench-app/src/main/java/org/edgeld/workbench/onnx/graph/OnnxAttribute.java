package org.edgeld.workbench.onnx.graph;

import java.util.List;

/** What a node is told beside its inputs. */
public sealed interface OnnxAttribute {
  /** A whole number. */
  record Whole(long value) implements OnnxAttribute {}

  /** A real number. */
  record Real(float value) implements OnnxAttribute {}

  /** A word. */
  record Text(String value) implements OnnxAttribute {}

  /** Whole numbers. */
  record Wholes(List<Long> values) implements OnnxAttribute {
    public Wholes {
      values = List.copyOf(values);
    }
  }

  /** Real numbers. */
  record Reals(List<Float> values) implements OnnxAttribute {
    public Reals {
      values = List.copyOf(values);
    }
  }

  /** Words. */
  record Texts(List<String> values) implements OnnxAttribute {
    public Texts {
      values = List.copyOf(values);
    }
  }

  /** A tensor. */
  record Tensor(Constant value) implements OnnxAttribute {}

  /** A graph of its own, which may read values of the graph around it. */
  record Body(OnnxGraph graph) implements OnnxAttribute {}

  /** In a function: whatever the caller gives under this name. */
  record Reference(String name) implements OnnxAttribute {}

  /** Something no supported operator takes, such as a sparse tensor. */
  record Unreadable(String kind) implements OnnxAttribute {}
}
