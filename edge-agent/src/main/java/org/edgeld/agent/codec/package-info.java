/**
 * Writes slices of float32 values in the precision in which they travel and reads them back. Knows
 * values and bytes, not tensors.
 */
package org.edgeld.agent.codec;
