/**
 * Which rows of which tensor are needed for which others, and what computing them costs. Every
 * planner, executor, simulator and picture takes its rows from here.
 */
package org.edgeld.geometry;
