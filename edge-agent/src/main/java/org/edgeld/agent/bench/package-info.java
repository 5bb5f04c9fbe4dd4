/**
 * What a frame costs besides arithmetic, measured on the computer at hand: the data plane beside a
 * bare socket, strips beside whole layers, the runtime beside one call of the engine. Begin reading
 * at {@link org.edgeld.agent.bench.BenchCommand}.
 */
package org.edgeld.agent.bench;
