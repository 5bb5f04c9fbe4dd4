/** What is known of the selected strip, and where the time goes. */
package org.edgeld.workbench.ui.inspector;
