/**
 * Arithmetic on constants: what exporters write about shapes and weights is computed once, on
 * import. Few elements are computed at once, many only when they are read.
 */
package org.edgeld.workbench.onnx.fold;
