/**
 * An ONNX model as values: nodes, attributes, constants and what is said of inputs and outputs.
 * Constants are read when asked for, so a graph of any size takes little memory.
 */
package org.edgeld.workbench.onnx.graph;
