/**
 * Which agents there are and how to reach them: discovery, agents added by hand, connections.
 * {@code local} starts emulated agents on this computer.
 */
package org.edgeld.workbench.cluster;
