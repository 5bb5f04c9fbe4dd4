/**
 * How blocks are divided among devices. One class a strategy, found by ServiceLoader; each names
 * the paper it follows and where it departs from it.
 */
package org.edgeld.workbench.split;
