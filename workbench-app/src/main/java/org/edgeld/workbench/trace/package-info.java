/**
 * When each device did what in one frame, predicted or measured alike. A simulated trace and a
 * measured one have the same form, so that they can be laid over each other.
 */
package org.edgeld.workbench.trace;
