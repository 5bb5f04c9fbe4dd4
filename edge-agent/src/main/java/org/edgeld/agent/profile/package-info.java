/**
 * Measures what this device can do, through the same code that computes in a run. Emulated devices
 * are measured as emulated.
 */
package org.edgeld.agent.profile;
