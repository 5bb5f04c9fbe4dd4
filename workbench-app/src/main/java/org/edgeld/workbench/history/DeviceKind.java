package org.edgeld.workbench.history;

import org.edgeld.message.AgentInfo;
import org.edgeld.workbench.words.Figures;

/**
 * What an agent's speed depends on, but for emulation.
 *
 * @param cores of the processor
 * @param threads that compute
 * @param memory physical memory in words, which are rounded: a kernel keeps now more for itself and
 *     now less
 * @param engine that computes layers
 */
record DeviceKind(
    String processor, String architecture, int cores, int threads, String memory, String engine) {
  static DeviceKind of(AgentInfo info) {
    return new DeviceKind(
        info.processor(),
        info.architecture(),
        info.cores(),
        info.threads(),
        Figures.bytes(info.memoryBytes()),
        info.engine());
  }
}
