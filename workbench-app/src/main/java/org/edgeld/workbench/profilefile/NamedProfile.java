package org.edgeld.workbench.profilefile;

import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.profile.ClusterProfile;

/**
 * A profile from a file.
 *
 * @param name what people call it; empty if it has no name
 * @param profile devices and links
 */
public record NamedProfile(Optional<String> name, ClusterProfile profile) {
  /** Returns the name, or else that of its file. */
  public String title(Path file) {
    return name.orElseGet(() -> file.getFileName().toString());
  }
}
