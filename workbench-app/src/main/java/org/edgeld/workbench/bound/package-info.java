/**
 * How fast a plan could be at best. A bound holds for every plan of a request, so the gap to it
 * says how much a better planner could gain at most.
 */
package org.edgeld.workbench.bound;
