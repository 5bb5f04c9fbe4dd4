/**
 * The headless agent: options, start-up and shutdown of one device. Everything it does for a
 * workbench happens in {@code agent.session}.
 */
package org.edgeld.agent;
