/** The picture that goes into the network. */
package org.edgeld.workbench.ui.picture;
