package org.edgeld.workbench.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.edgeld.model.Model;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.LinkEstimate;
import org.edgeld.workbench.profile.RooflineProfile;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.results.JsonFile;
import org.edgeld.workbench.results.ProfileJson;
import org.edgeld.workbench.settings.WorkbenchSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "profile",
    description =
        "Measures a cluster: the time of every layer of a model on every agent, EdgeLD's"
            + " regression, a fit per class of operators with its errors, and every link. Or works"
            + " out what boards that are typed in would take (--board), to save it.",
    footer = {
      "%nExamples:",
      "  workbench profile --model vgg16 --local 2 --cpu-share 0.35 --link-mbps 1000",
      "  workbench profile --model alexnet --discover 4 --json boards.json",
      "  workbench profile --model alexnet --discover 4 --save boards.profile.json",
      "  workbench profile --model vgg16 --board 3xpi4:8:4 --board old:2:1:::100"
          + " --save typed.json --name bench"
    })
final class ProfileCommand implements Callable<Integer> {
  private final CliContext context;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private ClusterOptions cluster = new ClusterOptions();
  @Mixin private BoardOptions boards = new BoardOptions();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all measurements.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description = "Write the profile so that --profile of plan and run takes it.")
  private Optional<Path> save = Optional.empty();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call the saved profile, here and in the window.")
  private Optional<String> name = Optional.empty();

  ProfileCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() throws Exception {
    Model network = model.model(context);
    if (json.isPresent() && json.equals(save)) {
      throw new BadInputException(
          "The file %s is named for two results. Maybe give one of them another name."
              .formatted(json.get()));
    }
    if (name.isPresent() && (save.isEmpty() || name.get().isBlank())) {
      throw new BadInputException(
          "--name %s names a profile that is saved. Maybe --save boards.profile.json --name \"lab bench\"."
              .formatted(name.get()));
    }
    ResultFiles.checkWritable(json);
    ResultFiles.checkWritable(save);
    if (boards.given()) {
      LinkEstimate link = cluster.linkOfBoards();
      return report(network, RooflineProfile.of(network.graph(), boards.boards(), link));
    }
    ClusterChoice agents = cluster.choice();
    WorkbenchSettings settings = cluster.settings(context.settings());
    try (CommandServices services = context.services().open(settings)) {
      Preparation.Measured measured =
          new Preparation(services, context.monitor()).measure(network, agents, Optional.empty());
      return report(network, measured.target().profile());
    }
  }

  private int report(Model network, ClusterProfile profile) {
    context.console().print(ProfileText.of(network.graph(), profile));
    context.console().print(ProfileText.basis(profile, name));
    JsonNode document = ProfileJson.of(network.id(), network.graph(), profile);
    return new ResultFiles(context.console())
        .write(json, file -> JsonFile.write(file, document), () -> document.toPrettyString() + "\n")
        .write(
            save,
            file ->
                ProfileFile.write(
                    file, name.map(String::strip), network.id(), network.graph(), profile))
        .exitCode();
  }
}
