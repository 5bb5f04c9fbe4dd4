/** What was measured of each layer on each device. */
package org.edgeld.workbench.ui.profile;
