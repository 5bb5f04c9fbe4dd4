package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.workbench.compare.ClusterGrid;
import org.edgeld.workbench.compare.GridCell;
import org.edgeld.workbench.planner.DefaultPlanner;
import org.edgeld.workbench.results.GridCsv;
import org.edgeld.workbench.results.GridJson;
import org.edgeld.workbench.results.JsonFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "simulate",
    description =
        "Plans for clusters that nobody needs to own, every number of devices times every link, and"
            + " prints the speedups that the simulator predicts, beside the largest that any plan"
            + " could reach. No agent is started.",
    footer = {
      "%nExamples:",
      "  workbench simulate --model vgg16 --gflops 8 --devices 2,4,8 --link-mbps 100,1000",
      "  workbench simulate --model resnet50 --board pi4:8:4 --board jetson:60:25 --devices 2,4,6"
          + " \\",
      "      --link-mbps 100 --strategy ocbp/layer/peer,edgeld,joint --csv grid.csv"
    })
final class SimulateCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private GridOptions grid = new GridOptions();

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a row per simulated plan.")
  private Optional<Path> csv = Optional.empty();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all simulated plans.")
  private Optional<Path> json = Optional.empty();

  SimulateCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Model network = model.model(context);
    ClusterGrid clusters = grid.grid(network.graph(), context.catalogue());
    ResultFiles.checkWritable(csv);
    ResultFiles.checkWritable(json);
    Catalogue catalogue = context.catalogue();
    List<GridCell> cells =
        clusters.simulate(
            new DefaultPlanner(catalogue.strategies(), catalogue.fusions()), context.monitor());
    context.console().print(GridText.of(network.id(), clusters, cells));
    return new ResultFiles(context.console())
        .write(
            csv,
            file -> GridCsv.write(file, network.id(), clusters, cells),
            () -> GridCsv.format(network.id(), clusters, cells))
        .write(
            json,
            file -> JsonFile.write(file, GridJson.of(network.id(), clusters, cells)),
            () -> GridJson.of(network.id(), clusters, cells).toPrettyString() + "\n")
        .exitCode();
  }
}
