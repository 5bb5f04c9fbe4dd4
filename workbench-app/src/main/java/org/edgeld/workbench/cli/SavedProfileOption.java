package org.edgeld.workbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.message.AgentInfo;
import org.edgeld.model.Model;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profilefile.NamedProfile;
import org.edgeld.workbench.profilefile.ProfileFile;
import org.edgeld.workbench.profilefile.ProfileMatch;
import picocli.CommandLine.Option;

/** A profile that was measured before. */
final class SavedProfileOption {
  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Take a profile that 'profile --save' wrote instead of measuring.")
  private Optional<Path> file = Optional.empty();

  /** Reads the profile, if one is named. */
  Optional<SavedProfile> read(Model model) throws BadInputException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          SavedProfile.of(
              file.get(), ProfileFile.readNamed(file.get(), model.id(), model.graph())));
    } catch (JsonDefectException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  /** Tells whether a profile is named. */
  boolean given() {
    return file.isPresent();
  }

  /**
   * A profile and where it comes from.
   *
   * @param file for messages
   * @param name what it is called; empty if it has no name
   * @param profile what was measured
   */
  record SavedProfile(Path file, Optional<String> name, ClusterProfile profile) {
    private static SavedProfile of(Path file, NamedProfile named) {
      return new SavedProfile(file, named.name(), named.profile());
    }

    /** Returns the part that concerns these agents, in their order. */
    ClusterProfile of(List<AgentInfo> agents) throws BadInputException {
      return ProfileMatch.part(profile, agents)
          .orElseThrow(
              () ->
                  new BadInputException(
                      "The profile %s is of other devices than %s, or they were emulated otherwise. Maybe measure again."
                          .formatted(
                              file,
                              String.join(", ", agents.stream().map(AgentInfo::name).toList()))));
    }
  }
}
