package org.edgeld.workbench.results;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The commit that the workbench's jar was built from, as its manifest says: it stays right wherever
 * the jar is copied and whatever is checked out later.
 *
 * @param commit SHA-1 or SHA-256
 * @param changed whether there were changes that were not committed: {@code true}, {@code false} or
 *     {@link Environment#UNKNOWN}
 */
record BuiltCommit(String commit, String changed) {
  private static final String COMMIT = "Git-Commit";
  private static final String DIRTY = "Git-Dirty";

  /** What was built outside of a clone says that it is unknown. */
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  /** Returns what the running program was built from; empty if it runs from class files. */
  static Optional<BuiltCommit> here() {
    CodeSource source = BuiltCommit.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? Optional.empty() : of(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns what a jar was built from; empty if it is none or does not say it. */
  static Optional<BuiltCommit> of(Path jar) {
    if (!Files.isRegularFile(jar)) {
      return Optional.empty();
    }
    try (JarFile file = new JarFile(jar.toFile())) {
      return Optional.ofNullable(file.getManifest()).flatMap(BuiltCommit::of);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<BuiltCommit> of(Manifest manifest) {
    Attributes attributes = manifest.getMainAttributes();
    return Optional.ofNullable(attributes.getValue(COMMIT))
        .filter(commit -> DIGEST.matcher(commit).matches())
        .map(commit -> new BuiltCommit(commit, changed(attributes.getValue(DIRTY))));
  }

  private static String changed(String dirty) {
    return "true".equals(dirty) || "false".equals(dirty) ? dirty : Environment.UNKNOWN;
  }
}
