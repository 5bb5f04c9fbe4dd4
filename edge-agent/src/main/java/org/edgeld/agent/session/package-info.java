/**
 * The agent's side of one workbench connection: deployments, profiles, link probes. When the
 * connection ends, everything it asked for ends with it and the agent is free for the next.
 */
package org.edgeld.agent.session;
