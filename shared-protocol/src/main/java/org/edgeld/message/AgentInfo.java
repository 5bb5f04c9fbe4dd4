package org.edgeld.message;

/**
 * What an agent says of itself: the answer to discovery and the first message after authentication.
 * The first six components stay as they are in every version of the protocol, so that an agent of
 * another version is known by its name instead of not at all.
 *
 * @param agentId random, the same while the agent's process lives; an agent reached twice is one
 * @param name chosen by its user, shown everywhere
 * @param version version of the agent
 * @param protocolVersion must equal {@code ProtocolVersion.CURRENT} to work together
 * @param controlPort TCP port of the control plane
 * @param dataPort TCP port of the data plane
 * @param processor name of the processor
 * @param architecture such as {@code amd64} or {@code aarch64}
 * @param kernel version of its system's kernel, or {@link #UNKNOWN}
 * @param governor how the clock rate of its first core is chosen, or {@link #UNKNOWN}
 * @param cores logical cores
 * @param threads compute threads the agent uses
 * @param memoryBytes physical memory
 * @param engine engine, its version and kind of convolutions, such as {@code PyTorch 2.7.1 (…)}
 * @param emulation how it is slowed down
 * @param busy whether a workbench is using it now
 */
public record AgentInfo(
    String agentId,
    String name,
    String version,
    int protocolVersion,
    int controlPort,
    int dataPort,
    String processor,
    String architecture,
    String kernel,
    String governor,
    int cores,
    int threads,
    long memoryBytes,
    String engine,
    Emulation emulation,
    boolean busy) {
  /** What stands where an agent cannot find something out. */
  public static final String UNKNOWN = "unknown";

  /** Creates what an agent says whose kernel and governor are not known. */
  public AgentInfo(
      String agentId,
      String name,
      String version,
      int protocolVersion,
      int controlPort,
      int dataPort,
      String processor,
      String architecture,
      int cores,
      int threads,
      long memoryBytes,
      String engine,
      Emulation emulation,
      boolean busy) {
    this(
        agentId,
        name,
        version,
        protocolVersion,
        controlPort,
        dataPort,
        processor,
        architecture,
        UNKNOWN,
        UNKNOWN,
        cores,
        threads,
        memoryBytes,
        engine,
        emulation,
        busy);
  }
}
