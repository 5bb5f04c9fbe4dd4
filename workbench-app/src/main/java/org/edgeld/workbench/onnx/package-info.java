/**
 * Brings a researcher's own network in from an ONNX file. {@code OnnxImporter} is the entry; the
 * packages below it read, fold, lower and store, in this order.
 */
package org.edgeld.workbench.onnx;
