package org.edgeld.workbench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class BuiltCommitTest {
  private static final String SHA = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;

  private Path jar(Map<String, String> entries) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    entries.forEach(attributes::putValue);
    Path jar = folder.resolve("some.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.finish();
    }
    return jar;
  }

  @Test
  void theManifestSaysWhatWasBuilt() throws Exception {
    assertThat(BuiltCommit.of(jar(Map.of("Git-Commit", SHA, "Git-Dirty", "false"))))
        .contains(new BuiltCommit(SHA, "false"));
    assertThat(BuiltCommit.of(jar(Map.of("Git-Commit", SHA, "Git-Dirty", "true"))))
        .contains(new BuiltCommit(SHA, "true"));
    assertThat(BuiltCommit.of(jar(Map.of("Git-Commit", SHA))))
        .contains(new BuiltCommit(SHA, Environment.UNKNOWN));
  }

  @Test
  void aJarBuiltOutsideOfACloneDoesNotKnow() throws Exception {
    assertThat(BuiltCommit.of(jar(Map.of("Git-Commit", "unknown", "Git-Dirty", "unknown"))))
        .isEmpty();
    assertThat(BuiltCommit.of(jar(Map.of()))).isEmpty();
  }

  @Test
  void whatIsNoJarDoesNotKnow() throws Exception {
    assertThat(BuiltCommit.of(folder)).isEmpty();
    assertThat(BuiltCommit.of(folder.resolve("missing.jar"))).isEmpty();
    assertThat(BuiltCommit.of(Files.writeString(folder.resolve("text.jar"), "text"))).isEmpty();
  }
}
