/**
 * Starts emulated agents on this computer as processes of their own. They end with the workbench,
 * however it ends, because they watch the pipe it holds.
 */
package org.edgeld.workbench.cluster.local;
