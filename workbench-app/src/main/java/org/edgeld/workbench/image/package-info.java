/**
 * Turns what a researcher has (pictures, NumPy arrays, raw floats, or nothing) into a model's
 * input, and writes its outputs. Files are not trusted: sizes are checked before anything is
 * allocated for them.
 */
package org.edgeld.workbench.image;
