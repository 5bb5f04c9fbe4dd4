/** How much faster than one device, with intervals. */
package org.edgeld.workbench.ui.speedup;
