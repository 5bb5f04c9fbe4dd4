/**
 * Every run kept: a folder per run in the user's settings folder, written whole when the run ends,
 * with name, tags and pin beside it. Listing reads the small heads; the rest is read when a run is
 * opened.
 */
package org.edgeld.workbench.history;
