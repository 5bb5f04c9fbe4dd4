package org.edgeld.agent.bench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.edgeld.agent.engine.djl.Convolutions;
import org.edgeld.agent.engine.djl.DjlTileEngine;
import org.edgeld.agent.profile.WarmUp;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar edge-agent.jar bench}: how much is lost besides arithmetic on this computer. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures on this computer what a frame costs besides arithmetic: the data plane beside a "
            + "bare socket, strips beside whole layers, the runtime beside one call of PyTorch.")
public final class BenchCommand implements Callable<Integer> {
  private static final int MOST_THREADS = 256;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each thing is measured, all in turn (default: ${DEFAULT-VALUE}).")
  private int repeats = 9;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Threads for one operator (default: ${DEFAULT-VALUE}).")
  private int threads = 1;

  @Option(
      names = "--convolutions",
      paramLabel = "KIND",
      description = "auto, packed or plain convolutions (default: ${DEFAULT-VALUE}).")
  private Convolutions convolutions = Convolutions.AUTO;

  @Option(names = "--no-transport", description = "Leave out the network.")
  private boolean noTransport;

  @Option(names = "--no-engine", description = "Leave out runtime and arithmetic.")
  private boolean noEngine;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check("--repeats", repeats, 3, 1000);
    check("--threads", threads, 1, MOST_THREADS);
    PrintWriter out = spec.commandLine().getOut();
    if (!noTransport) {
      new TransportBench(repeats, out).run();
      out.flush();
    }
    if (!noEngine) {
      try (DjlTileEngine engine = new DjlTileEngine(threads, convolutions)) {
        WarmUp.run(engine);
        out.println(engine.describe() + ", " + threads + " thread(s)");
        new EngineBench(repeats, out).run(engine);
      }
    }
    out.flush();
    return 0;
  }

  private void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s (%d) is not between %d and %d. Maybe %d."
              .formatted(option, value, least, most, value < least ? least : most));
    }
  }
}
