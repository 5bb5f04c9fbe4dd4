/** The model view: the layers of the chosen network as a table and as a graph. */
package org.edgeld.workbench.ui.network;
