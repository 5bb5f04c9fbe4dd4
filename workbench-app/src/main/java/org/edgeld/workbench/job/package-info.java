/**
 * Long work that reports progress and asks whether it is cancelled. Command line and window are two
 * listeners of the same jobs.
 */
package org.edgeld.workbench.job;
