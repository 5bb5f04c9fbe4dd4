/**
 * How slices that are sent at one time share the interfaces of devices. Exact for the simulator,
 * estimated for searches that ask very often.
 */
package org.edgeld.workbench.link;
