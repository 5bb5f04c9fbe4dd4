package org.edgeld.workbench.ui.boards;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.edgeld.workbench.profile.TypedBoards;

/** A profile that was used before and can be used again, as the settings keep it. */
public sealed interface RecentProfile {
  /** Returns its name. */
  String title();

  /** Returns what it is, in few words. */
  String detail();

  /** Returns it as text, which {@link #parse} reads. */
  String text();

  /** Tells whether both are the same thing, perhaps changed since. */
  boolean replaces(RecentProfile other);

  /**
   * Boards that were typed in.
   *
   * @param boards as they were typed
   */
  record Typed(TypedBoards boards) implements RecentProfile {
    private static final String START = "typed\n";

    @Override
    public String title() {
      return boards.title();
    }

    @Override
    public String detail() {
      int count = boards.boards().size();
      return "typed in, %d %s".formatted(count, count == 1 ? "board" : "boards");
    }

    @Override
    public String text() {
      return START + boards.text();
    }

    @Override
    public boolean replaces(RecentProfile other) {
      return other instanceof Typed typed && typed.title().equals(title());
    }
  }

  /**
   * A saved profile.
   *
   * @param title its name, or its file's
   * @param model id of the network that it is of
   * @param file where it lies
   */
  record InFile(String title, String model, Path file) implements RecentProfile {
    private static final String START = "file\n";

    @Override
    public String detail() {
      return "%s, %s".formatted(model, file.getFileName());
    }

    @Override
    public String text() {
      return START + title.replace('\n', ' ') + "\n" + model + "\n" + file;
    }

    @Override
    public boolean replaces(RecentProfile other) {
      return other instanceof InFile saved && saved.file.equals(file);
    }
  }

  /** Returns what a text stands for; empty if {@link #text} cannot have written it. */
  static Optional<RecentProfile> parse(String text) {
    if (text.startsWith(Typed.START)) {
      return TypedBoards.parse(text.substring(Typed.START.length())).map(Typed::new);
    }
    String[] parts = text.split("\n", -1);
    if (!text.startsWith(InFile.START) || parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(new InFile(parts[1], parts[2], Path.of(parts[3])));
    } catch (InvalidPathException e) {
      return Optional.empty(); // written on another computer
    }
  }
}
