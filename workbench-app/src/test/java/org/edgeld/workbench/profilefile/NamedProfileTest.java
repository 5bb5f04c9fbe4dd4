package org.edgeld.workbench.profilefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.edgeld.model.ModelGraph;
import org.edgeld.workbench.fixture.SmallModels;
import org.edgeld.workbench.json.JsonDefectException;
import org.edgeld.workbench.profile.ClusterProfile;
import org.edgeld.workbench.profile.TypedBoards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedProfileTest {
  private static final ModelGraph GRAPH = SmallModels.vgg16(32);

  @TempDir Path folder;

  @Test
  void aNameIsKeptAndMayBeMissing() throws Exception {
    ClusterProfile profile = new TypedBoards("", List.of("2xpi4:8"), 100, 0).profile(GRAPH);
    Path file = folder.resolve("bench.json");
    ProfileFile.write(file, Optional.of("lab bench"), "vgg16", GRAPH, profile);
    NamedProfile read = ProfileFile.readNamed(file, "vgg16", GRAPH);
    assertThat(read).isEqualTo(new NamedProfile(Optional.of("lab bench"), profile));
    assertThat(read.title(file)).isEqualTo("lab bench");
    ProfileFile.write(file, "vgg16", GRAPH, profile);
    assertThat(ProfileFile.readNamed(file, "vgg16", GRAPH).name()).isEmpty();
    assertThat(ProfileFile.readNamed(file, "vgg16", GRAPH).title(file)).isEqualTo("bench.json");
  }

  @Test
  void aNameThatIsNoTextIsRefused() throws Exception {
    ClusterProfile profile = new TypedBoards("", List.of("pi4:8"), 100, 0).profile(GRAPH);
    Path file = folder.resolve("bench.json");
    ProfileFile.write(file, Optional.of("bench"), "vgg16", GRAPH, profile);
    Files.writeString(file, Files.readString(file).replace("\"bench\"", "7"));
    assertThatThrownBy(() -> ProfileFile.readNamed(file, "vgg16", GRAPH))
        .isInstanceOf(JsonDefectException.class)
        .hasMessageContaining("name");
  }
}
