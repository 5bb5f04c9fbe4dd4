/**
 * Why a plan takes as long as it does: where the time goes, what happens one after the other, and
 * what would help, found by simulating it.
 */
package org.edgeld.workbench.explain;
