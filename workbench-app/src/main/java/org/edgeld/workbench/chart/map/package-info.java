/**
 * The partition map: which rows of which layer run where. Four lanes (cost, partition, traffic,
 * layer) share one axis of layers; fused blocks are cards and the gutters between them exchanges.
 */
package org.edgeld.workbench.chart.map;
