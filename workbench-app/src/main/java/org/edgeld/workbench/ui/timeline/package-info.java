/** What each device does when: predicted, measured, or both. */
package org.edgeld.workbench.ui.timeline;
