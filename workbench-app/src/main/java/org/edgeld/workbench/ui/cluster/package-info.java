/**
 * The list of agents and everything one can do with it: look again, add by address, start a local
 * cluster, leave an agent out, choose the head.
 */
package org.edgeld.workbench.ui.cluster;
