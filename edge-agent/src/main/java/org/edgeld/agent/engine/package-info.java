/**
 * Computes tiles of a model on this device. {@code engine.djl} is the only place that knows which
 * library does the arithmetic.
 */
package org.edgeld.agent.engine;
