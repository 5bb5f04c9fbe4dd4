/**
 * What a sweep is to measure: the specification that a researcher writes, the configurations it
 * stands for, and the order in which they are measured.
 */
package org.edgeld.workbench.experiment.spec;
