package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.edgeld.workbench.cluster.KnownAgent;
import org.edgeld.workbench.cluster.LocalClusterSpec;
import org.edgeld.workbench.job.JobMonitor;
import org.edgeld.workbench.results.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "start",
    description =
        "Starts emulated agents on this computer, prints their addresses and the key file, and keeps"
            + " them running until Ctrl-C.",
    footer = {
      "%nExamples:",
      "  workbench cluster start --agents 4 --cpu-share 0.35 --link-mbps 1000",
      "  and then, in another terminal, with the addresses and the key file it printed:",
      "  workbench run --model vgg16 --agents 127.0.0.1:40001,127.0.0.1:40002 --key-file FILE"
    })
final class ClusterStartCommand implements Callable<Integer> {
  private final CliContext context;

  @Option(
      names = "--agents",
      paramLabel = "N",
      required = true,
      description = "How many agents, 1 to 16.")
  private int agents;

  @Option(
      names = "--until-stdin-closes",
      description = "Also stop at the end of standard input, for use by other programs.")
  private boolean untilStdinCloses;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write addresses and key file as soon as the agents are ready.")
  private Optional<Path> json = Optional.empty();

  @Mixin private EmulationOptions emulation = new EmulationOptions();
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  ClusterStartCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    LocalClusterSpec spec = emulation.spec(agents);
    ResultFiles.checkWritable(json);
    JobMonitor monitor = context.monitor();
    try (CommandServices services =
        context.services().open(connection.settings(context.settings()))) {
      List<KnownAgent> started = services.directory().startLocal(spec, monitor);
      Console console = context.console();
      console.print(AgentTable.text(started));
      console.println("Addresses  --agents " + addresses(started));
      console.println("Key file   --key-file " + services.keyFile());
      ObjectNode document = JsonNodeFactory.instance.objectNode();
      document.put("keyFile", services.keyFile().toString());
      document.set("agents", AgentTable.json(started));
      int code =
          new ResultFiles(console)
              .write(
                  json,
                  file -> JsonFile.write(file, document),
                  () -> document.toPrettyString() + "\n")
              .exitCode();
      if (code == ExitCode.OK) {
        console.warn(
            untilStdinCloses
                ? "Running until standard input closes."
                : "Running. Press Ctrl-C to stop.");
        waitForEnd();
      }
      return code;
    }
  }

  private void waitForEnd() throws InterruptedException {
    Cancellation cancellation = context.cancellation();
    if (untilStdinCloses) {
      InputStream stdin = context.stdin();
      Thread watch = new Thread(() -> drain(stdin, cancellation), "stdin-watch");
      watch.setDaemon(true);
      watch.start();
    }
    cancellation.await();
  }

  private static void drain(InputStream stdin, Cancellation cancellation) {
    try {
      stdin.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // a broken standard input is a closed one
    } finally {
      cancellation.cancel();
    }
  }

  private static String addresses(List<KnownAgent> agents) {
    return agents.stream()
        .map(agent -> agent.address().toString())
        .collect(Collectors.joining(","));
  }
}
