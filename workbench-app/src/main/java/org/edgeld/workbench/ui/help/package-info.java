/** Help within the window. */
package org.edgeld.workbench.ui.help;
