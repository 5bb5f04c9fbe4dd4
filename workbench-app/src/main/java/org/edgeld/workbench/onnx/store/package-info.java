/**
 * Weights of imported models on disk, as the workbench computes with them, under the SHA-256 of
 * their bytes. What has been imported once is not read again.
 */
package org.edgeld.workbench.onnx.store;
