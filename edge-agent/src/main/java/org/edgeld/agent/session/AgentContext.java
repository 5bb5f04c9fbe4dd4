package org.edgeld.agent.session;

import java.util.function.Supplier;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.message.Emulation;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;

/**
 * What the sessions of one agent share.
 *
 * @param engine the arithmetic
 * @param cache weights on disk
 * @param key authenticates peers
 * @param shaper the emulated network interface
 * @param emulation how the agent is slowed down
 * @param shares makes the emulation of a computing thread, called on it
 */
public record AgentContext(
    TileEngine engine,
    WeightCache cache,
    SharedKey key,
    LinkShaper shaper,
    Emulation emulation,
    Supplier<CpuShare> shares) {}
