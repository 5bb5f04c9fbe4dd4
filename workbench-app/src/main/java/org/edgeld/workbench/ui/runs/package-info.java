/** The history of runs: listed, filtered, named, pinned, compared and shown again. */
package org.edgeld.workbench.ui.runs;
