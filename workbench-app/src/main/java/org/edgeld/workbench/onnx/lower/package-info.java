/**
 * Says what an ONNX graph computes in the workbench's own operators. Nothing is read here but
 * shapes and other small constants: weights are recipes until the whole graph is known to be
 * supported.
 */
package org.edgeld.workbench.onnx.lower;
