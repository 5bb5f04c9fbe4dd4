package org.edgeld.agent;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.edgeld.agent.bench.BenchCommand;
import org.edgeld.agent.emulation.CpuShare;
import org.edgeld.agent.emulation.Turn;
import org.edgeld.agent.engine.TileEngine;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.agent.profile.ProcessorWakeUp;
import org.edgeld.agent.profile.WarmUp;
import org.edgeld.agent.session.AgentContext;
import org.edgeld.agent.weights.WeightCache;
import org.edgeld.message.Emulation;
import org.edgeld.transport.EmulatedLink;
import org.edgeld.transport.LinkShaper;
import org.edgeld.transport.SharedKey;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code java -jar edge-agent.jar}: this computer becomes a device. */
@Command(
    name = "edge-agent",
    subcommands = BenchCommand.class,
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Makes this computer a device of EdgeLD Workbench: computes the strips of CNN layers that a"
            + " workbench assigns to it.",
    footer = {
      "",
      "Give all boards and the workbench the same key file. To play a weaker board:",
      "  java -jar edge-agent.jar --name weak --cpu-share 0.35 --link-mbps 100"
    })
public final class AgentMain implements Callable<Integer> {
  /** Printed when the agent is ready, followed by its control port. */
  public static final String READY = "READY ";

  @Mixin private AgentOptions options = new AgentOptions();

  private AgentMain() {}

  public static void main(String[] args) throws InterruptedException {
    if (System.getenv(AgentProcess.TUNED) == null) {
      System.exit(runTuned(List.of(args)));
    }
    System.exit(commandLine().execute(args));
  }

  /** Returns the command line; whatever goes wrong ends in one sentence and an exit code. */
  public static CommandLine commandLine() {
    AgentMain main = new AgentMain();
    CommandLine line = new CommandLine(main);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // cores, which must be known before the process begins, would be missed in a file
    line.setExpandAtFiles(false);
    line.getCommandSpec().version("EdgeLD agent " + version());
    line.setParameterExceptionHandler(
        (exception, arguments) -> {
          String sentence = exception.getMessage().replaceAll("\\s*\\R\\s*", " ").strip();
          line.getErr()
              .println(
                  "edge-agent: %s%s Maybe see: edge-agent --help"
                      .formatted(sentence, sentence.endsWith(".") ? "" : "."));
          return 2;
        });
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          String sentence =
              exception.getMessage() == null ? exception.toString() : exception.getMessage();
          command.getErr().println("edge-agent: " + sentence);
          if (main.options.verbose) {
            exception.printStackTrace(command.getErr());
          }
          return exception instanceof IllegalArgumentException ? 2 : 1;
        });
    return line;
  }

  private static String version() {
    String version = AgentMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Runs the agent in a process of its own whose allocator is set for large tensors. */
  private static int runTuned(List<String> args) throws InterruptedException {
    Process process;
    try {
      process = AgentProcess.builder(args).inheritIO().start();
    } catch (IOException e) {
      System.err.println(
          "edge-agent: The agent's process cannot begin: %s.%s"
              .formatted(e.getMessage(), PinnedCores.hint(args)));
      return 1;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-agent"));
    return process.waitFor();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.verbose) {
      // loggers look it up when they are made, which is later; stack traces are logged at this
      // level
      System.setProperty("org.slf4j.simpleLogger.log.org.edgeld", "debug");
    }
    exitWithStarter();
    Emulation emulation = options.emulation();
    int threads = options.computeThreads();
    options.checkPorts();
    options.checkCores();
    String name = options.shownName();
    InetAddress bind = options.bindAddress();
    WeightCache cache = options.cache();
    SharedKey key = loadKey();
    TileEngine engine = new DjlTileEngine(threads, options.convolutions);
    WarmUp.run(engine);
    Runnable wakeUp = new ProcessorWakeUp(engine);
    Turn turn = options.turn();
    LinkShaper shaper =
        emulation.linkBitsPerSecond() == 0 && emulation.linkDelayNanos() == 0
            ? LinkShaper.none()
            : new EmulatedLink(emulation.linkBitsPerSecond(), emulation.linkDelayNanos());
    AgentContext context =
        new AgentContext(
            engine,
            cache,
            key,
            shaper,
            emulation,
            () -> new CpuShare(emulation.cpuShare(), wakeUp, turn));
    AgentNode node =
        new AgentNode(
            new AgentNode.Settings(name, bind, options.port, options.discoveryPort, threads),
            context);
    node.start();
    Runtime.getRuntime().addShutdownHook(new Thread(node::close, "shutdown"));
    System.out.println(
        "Agent %s, %s, %d thread(s)%s"
            .formatted(
                name,
                engine.describe(),
                threads,
                emulation.active() ? ", emulated: " + words(emulation) : ""));
    System.out.println(READY + node.info().controlPort());
    new CountDownLatch(1).await();
    return 0;
  }

  private static String words(Emulation emulation) {
    List<String> words = new ArrayList<>();
    if (emulation.cpuShare() < 1) {
      words.add("CPU share " + emulation.cpuShare());
    }
    if (emulation.linkBitsPerSecond() > 0) {
      words.add("link " + figure(emulation.linkBitsPerSecond()) + " Mbit/s");
    }
    if (emulation.linkDelayNanos() > 0) {
      words.add("delay " + figure(emulation.linkDelayNanos()) + " ms");
    }
    if (emulation.memoryBytes() > 0) {
      words.add("memory " + figure(emulation.memoryBytes()) + " MB");
    }
    return String.join(", ", words);
  }

  /** Returns millionths as a number without an exponent or needless zeros. */
  private static String figure(long millionths) {
    return BigDecimal.valueOf(millionths, 6).stripTrailingZeros().toPlainString();
  }

  private SharedKey loadKey() throws IOException {
    SharedKey.Loaded loaded = SharedKey.loadOrCreate(options.keyFile);
    if (loaded.created()) {
      System.out.println("No key at " + options.keyFile + ", so a new one was made:");
      System.out.println("  " + Files.readString(options.keyFile).strip());
      System.out.println("Copy the file to the workbench and to every other board.");
    }
    return loaded.key();
  }

  /** A local agent must not outlive who started it, however that ended. */
  private void exitWithStarter() {
    Thread watch =
        new Thread(
            () -> {
              if (options.parentPipe) {
                try {
                  while (System.in.read() >= 0) {
                    // the starter says nothing; the end of the stream is the message
                  }
                } catch (IOException e) {
                  Runtime.getRuntime().halt(0);
                }
                Runtime.getRuntime().halt(0);
              } else {
                ProcessHandle.current()
                    .parent()
                    .ifPresent(
                        parent -> {
                          parent.onExit().join();
                          Runtime.getRuntime().halt(0);
                        });
              }
            },
            "watch-starter");
    watch.setDaemon(true);
    watch.start();
  }
}
