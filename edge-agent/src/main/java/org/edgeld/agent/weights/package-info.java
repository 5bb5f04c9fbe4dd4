/**
 * The weights of the models that a device works on. Stored weights are kept on disk under the
 * SHA-256 of their bytes; seeded ones are computed.
 */
package org.edgeld.agent.weights;
