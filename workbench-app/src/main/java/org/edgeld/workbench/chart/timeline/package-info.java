/** The timeline: what each device does when, within one frame. */
package org.edgeld.workbench.chart.timeline;
