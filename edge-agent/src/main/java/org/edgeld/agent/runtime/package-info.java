/**
 * Runs a device's program frame after frame: tensors held here, compute, slices from and to peers.
 * Slices are received straight into the place where they are used and sent straight from where they
 * were computed.
 */
package org.edgeld.agent.runtime;
