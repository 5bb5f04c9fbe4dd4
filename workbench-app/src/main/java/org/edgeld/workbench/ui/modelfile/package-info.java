/**
 * Opening a researcher's own network from an ONNX file: asking for what the file leaves open,
 * saying what is not supported, and describing how pictures become its input.
 */
package org.edgeld.workbench.ui.modelfile;
