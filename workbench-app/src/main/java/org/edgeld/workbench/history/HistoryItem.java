package org.edgeld.workbench.history;

/**
 * A run as lists show it.
 *
 * @param number of the run, counted from 1; below 1 for a run that could not be kept
 * @param head what was measured, in few figures
 * @param notes what its researcher says of it
 * @param pinned whether others are compared with it
 */
public record HistoryItem(int number, RunHead head, RunNotes notes, boolean pinned) {
  /** Tells whether it is on disk. */
  public boolean kept() {
    return number > 0;
  }

  /** Returns its number as it is written everywhere: {@code #12}. */
  public String label() {
    return label(number);
  }

  /** Returns a number as it is written everywhere. */
  public static String label(int number) {
    return number > 0 ? "#" + number : "unkept " + (1 - number);
  }

  /** Returns its name, or in few words what ran if it has none. */
  public String title() {
    return notes.name().isEmpty() ? head.methodWords() : notes.name();
  }
}
