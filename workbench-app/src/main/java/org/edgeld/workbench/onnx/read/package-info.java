/**
 * Reads ONNX files without holding their weights: the file is walked once and remembers where the
 * elements of each tensor are. Whatever a file claims is checked against its size before use.
 */
package org.edgeld.workbench.onnx.read;
