package org.edgeld.workbench.results;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkout of the workbench's sources that the program was built in and runs from, if any. */
final class Checkout {
  private static final String REFERENCE = "ref: ";
  private static final String MODULE = "workbench-app";

  private Checkout() {}

  /** Returns the commit that is checked out, else {@link Environment#UNKNOWN}. */
  static String commit() {
    CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? Environment.UNKNOWN : commit(Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Environment.UNKNOWN;
    }
  }

  /** Returns the commit of the checkout around a program. */
  static String commit(Path program) {
    for (Path at = program; at != null; at = at.getParent()) {
      Path git = at.resolve(".git");
      if (Files.exists(git)) {
        // whatever repository a jar was copied into is not the workbench's
        return Files.isDirectory(at.resolve(MODULE)) ? head(git) : Environment.UNKNOWN;
      }
    }
    return Environment.UNKNOWN;
  }

  private static String head(Path git) {
    try {
      Path own = git;
      if (Files.isRegularFile(git)) {
        own = git.resolveSibling(Files.readString(git).strip().replaceFirst("gitdir: ", ""));
      }
      String head = Files.readString(own.resolve("HEAD")).strip();
      return head.startsWith(REFERENCE) ? branch(own, head.substring(REFERENCE.length())) : head;
    } catch (IOException e) {
      return Environment.UNKNOWN;
    }
  }

  private static String branch(Path own, String name) throws IOException {
    Path commonFile = own.resolve("commondir");
    Path common =
        Files.exists(commonFile)
            ? own.resolve(Files.readString(commonFile).strip()).normalize()
            : own;
    Path loose = common.resolve(name);
    if (Files.exists(loose)) {
      return Files.readString(loose).strip();
    }
    Path packed = common.resolve("packed-refs");
    if (!Files.exists(packed)) {
      return Environment.UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(packed)) {
      Optional<String> line = lines.filter(text -> text.endsWith(" " + name)).findFirst();
      return line.map(text -> text.substring(0, text.indexOf(' '))).orElse(Environment.UNKNOWN);
    }
  }
}
