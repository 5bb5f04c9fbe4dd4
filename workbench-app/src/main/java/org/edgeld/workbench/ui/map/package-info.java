/** The partition map in the window: zoom, hovering, selecting. */
package org.edgeld.workbench.ui.map;
