/**
 * Plans, their validation and their compilation into programs. A plan says which device computes
 * which rows of which block; everything that travels follows from it.
 */
package org.edgeld.workbench.plan;
