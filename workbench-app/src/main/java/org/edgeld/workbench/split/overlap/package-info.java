/**
 * Computes strips in parts, so that halos travel while devices compute. A pass over the plan of any
 * strategy: it changes who computes what in which order, never who computes what.
 */
package org.edgeld.workbench.split.overlap;
