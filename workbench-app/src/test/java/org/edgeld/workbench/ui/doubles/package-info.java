/** Services for tests of the window: plans are real, agents and measurements are not. */
package org.edgeld.workbench.ui.doubles;
