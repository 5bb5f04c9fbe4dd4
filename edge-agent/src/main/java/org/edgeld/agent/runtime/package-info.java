/**
 * Runs a device's program frame after frame: tensors held here, compute, slices from and to peers.
 * Slices that lie in one piece are received straight into the place where they are used and sent
 * straight from where they were computed; others are packed and unpacked on the way.
 */
package org.edgeld.agent.runtime;
