/**
 * Planning with the devices' help: a plan's own steps are timed as they run, and then it is planned
 * again with what is known.
 */
package org.edgeld.workbench.refine;
