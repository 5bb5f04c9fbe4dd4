/**
 * What a run leaves behind: JSON, CSV with documented columns, and a trace for Chrome and Perfetto.
 * Every file is written completely or not at all.
 */
package org.edgeld.workbench.results;
