/** The plans of all strategies side by side, to choose one. */
package org.edgeld.workbench.ui.compare;
