package org.edgeld.workbench.ui.runs;

import java.util.Optional;
import org.edgeld.workbench.history.HistoryItem;

/**
 * Something that yields what a run measured.
 *
 * @param item the run
 * @param entry of it, if it is in memory
 */
public record RunSource(HistoryItem item, Optional<RunEntry> entry) {}
