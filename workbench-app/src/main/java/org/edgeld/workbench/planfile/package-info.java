/**
 * Plans as files: saved, edited by hand, loaded again. What is loaded is checked field by field and
 * then proven, compiled and simulated like any other plan.
 */
package org.edgeld.workbench.planfile;
