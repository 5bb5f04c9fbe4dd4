/**
 * What was measured of devices and links before planning. A profile is data: it can be saved, shown
 * and planned with when the devices are gone.
 */
package org.edgeld.workbench.profile;
