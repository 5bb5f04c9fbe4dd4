package org.edgeld.agent;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How an agent's process is started so that it computes fast: the allocator's settings must be in
 * the environment before the process begins, since page faults of large tensors otherwise cost up
 * to 1.7 times the time.
 */
public final class AgentProcess {
  /** Set in the environment of a process that was started this way. */
  static final String TUNED = "EDGELD_AGENT_TUNED";

  /** Where garbage lies until it is collected, within a millisecond every few hundred frames. */
  private static final int YOUNG_MEGABYTES = 16;

  private AgentProcess() {}

  /**
   * Returns a process that runs an agent with this program's own class path and system properties.
   *
   * @param options the agent's command line
   */
  public static ProcessBuilder builder(List<String> options) {
    List<String> command = new ArrayList<>(PinnedCores.prefix(options, PinnedCores.allowed()));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // what the user set with -D holds for the agent too, such as another home folder
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-D"))
        .forEach(command::add);
    command.add("-XX:+UseSerialGC");
    command.add("-XX:MaxDirectMemorySize=" + HostFacts.memoryBytes());
    command.add("-Xmx" + Math.max(64, Math.min(512, HostFacts.memoryBytes() >> 22)) + "m");
    // by its own measure the virtual machine would let garbage touch a hundred megabytes
    command.add("-Xmn" + YOUNG_MEGABYTES + "m");
    command.add("-Djava.awt.headless=true");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AgentMain.class.getName());
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put(TUNED, "true");
    environment.put("OPT_OUT_TRACKING", "true");
    environment.putIfAbsent("MALLOC_ARENA_MAX", "1");
    environment.putIfAbsent("MALLOC_MMAP_THRESHOLD_", "33554432");
    environment.putIfAbsent("MALLOC_TRIM_THRESHOLD_", "1073741824");
    // weights and strips in large pages, of which a processor finds thousands without a search
    environment.putIfAbsent("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
    return builder;
  }
}
