/**
 * How the parts of a model, quantities and misspelt names are put in plain words, alike in the
 * window and on the terminal.
 */
package org.edgeld.workbench.words;
