/**
 * Our own planner: it decides block by block who owns what of every tensor, over all ways to fuse,
 * by dynamic programming and then by moving boundaries. Its pieces estimate a frame in
 * microseconds; what is shown in the end is always simulated.
 */
package org.edgeld.workbench.split.joint;
